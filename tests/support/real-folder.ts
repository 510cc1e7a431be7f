import type { Page } from 'puppeteer'

/** Chromium's; lib.dom does not know it. */
type Dropped = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }

declare global {
  interface Window {
    deskside_test_folder?: FileSystemDirectoryHandle
  }
}

/**
 * Puts a folder of this computer's disk into the hands of the page, and lets its picker for folders give it: the picker is a window of the
 * system that no test can press. The handle is the browser's own, made from the folder being dropped on the page. Chromium only.
 */
export async function willPick(page: Page, folder: string): Promise<void> {
  await page.evaluate(takeDropped)
  const session = await page.createCDPSession()
  const at = { x: 20, y: 20, data: { items: [], files: [folder], dragOperationsMask: 1 } }
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  await session.detach()
  await page.waitForFunction(() => window.deskside_test_folder !== undefined, { polling: 50, timeout: 10_000 })
}

/** The person closes the picker. */
export const willPickNone = (page: Page) =>
  page.evaluate(() => {
    window.showDirectoryPicker = () => Promise.reject(new DOMException('closed', 'AbortError'))
  })

/** As in a browser that has no picker for folders. */
export const hasNoPicker = (page: Page) =>
  page.evaluateOnNewDocument(() => Reflect.deleteProperty(window, 'showDirectoryPicker'))

/** Runs in the page. */
function takeDropped(): void {
  const over = (event: Event) => event.preventDefault()
  Reflect.deleteProperty(window, 'deskside_test_folder')
  window.addEventListener('dragover', over, true)
  window.addEventListener(
    'drop',
    (event) => {
      event.preventDefault()
      event.stopPropagation()
      window.removeEventListener('dragover', over, true)
      const item: Dropped | undefined = event.dataTransfer?.items[0]
      void item?.getAsFileSystemHandle?.().then((handle) => {
        if (!(handle instanceof FileSystemDirectoryHandle)) return
        window.deskside_test_folder = handle
        window.showDirectoryPicker = async () => handle
      })
    },
    { capture: true, once: true },
  )
}
