import browser from 'webextension-polyfill'

/** Whether the browser exempts this extension from limits and from clearing up, as the manifest asks for. */
export function isStorageUnlimited(): boolean {
  return browser.runtime.getManifest().permissions?.includes('unlimitedStorage') ?? false
}
