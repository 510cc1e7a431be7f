import { isExtensionPage } from '../extension-page.ts'

/** Whether the browser may clear away what it keeps for the desk, when it needs room for other sites. */
export type Durability = 'kept' | 'may-be-cleared'

export async function readDurability(): Promise<Durability> {
  return (await isExempt()) || (await navigator.storage.persisted().catch(() => false)) ? 'kept' : 'may-be-cleared'
}

/** Asks the browser to keep it for good. Some ask the person, so it is called where somebody has just pressed a button. */
export async function askToKeep(): Promise<Durability> {
  if (await isExempt()) {
    // Firefox wants to be asked all the same, and then asks nobody.
    await navigator.storage.persist().catch(() => false)
    return 'kept'
  }
  return (await navigator.storage.persist().catch(() => false)) ? 'kept' : 'may-be-cleared'
}

async function isExempt(): Promise<boolean> {
  if (!isExtensionPage()) return false
  const { isStorageUnlimited } = await import('../browser/unlimited.ts')
  return isStorageUnlimited()
}
