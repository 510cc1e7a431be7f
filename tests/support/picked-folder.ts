import type { Page } from 'puppeteer'

/** A folder of the browser's own in place of the one that its picker, which no test can press, would give. */
export async function willPickOwn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('picked', { create: true })
    window.showDirectoryPicker = async () => folder
  })
}

/** What is in it: the sizes of the files, by their names. */
export const inPickedFolder = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('picked')
    const found: Record<string, number> = {}
    for await (const [name, entry] of folder.entries()) {
      found[name] = entry.kind === 'file' ? (await entry.getFile()).size : -1
    }
    return found
  })

/** From now on it is looked at again and again. @returns what was seen of it so far: each time the files with their sizes */
export async function watchPickedFolder(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(lookAgainAndAgain)
  return () => page.evaluate(() => [...(window.deskside_test_seen ?? [])])
}

declare global {
  interface Window {
    deskside_test_seen?: Set<string>
  }
}

/** Runs in the page. */
async function lookAgainAndAgain(): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('picked')
  const seen = new Set<string>()
  window.deskside_test_seen = seen
  const look = async () => {
    const files: string[] = []
    for await (const [name, entry] of folder.entries()) {
      if (entry.kind !== 'file') continue
      // One that is gone meanwhile was not half-done under its name.
      const size = await entry.getFile().then(
        (file) => file.size,
        () => undefined,
      )
      if (size !== undefined) files.push(`${name} ${size}`)
    }
    seen.add(files.join(', '))
    setTimeout(look, 5)
  }
  void look()
}

/** The paths of the folders in it that have nothing in them. */
export const emptyInPickedFolder = (page: Page): Promise<string[]> => page.evaluate(emptyFoldersOf)

/** Runs in the page. */
async function emptyFoldersOf(): Promise<string[]> {
  const root = await navigator.storage.getDirectory()
  const found: string[] = []
  const walk = async (folder: FileSystemDirectoryHandle, above: string) => {
    let entries = 0
    for await (const [name, entry] of folder.entries()) {
      entries += 1
      if (entry.kind === 'directory') await walk(entry, `${above}${name}/`)
    }
    if (entries === 0) found.push(above.slice(0, -1))
  }
  await walk(await root.getDirectoryHandle('picked'), '')
  return found.sort()
}
