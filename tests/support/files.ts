import { randomFillSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'puppeteer'
import { vi } from 'vitest'

/** A file as the browser saved it: the name that a person finds it by, its bytes, and its text with any byte order mark. */
export type Saved = { name: string; bytes: Uint8Array; text: string }

/** What the page's browser downloads when `begin` has been done. Chromium only. @throws Error where it gave up */
export async function downloaded(page: Page, begin: () => Promise<void>): Promise<Saved> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-download-'))
  const session = await page.browser().target().createCDPSession()
  try {
    await session.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      downloadPath: folder,
      eventsEnabled: true,
    })
    const saved = new Promise<Saved>((resolve, reject) => {
      let name = ''
      session.on('Browser.downloadWillBegin', ({ suggestedFilename }) => {
        name = suggestedFilename
      })
      session.on('Browser.downloadProgress', ({ guid, state }) => {
        if (state === 'canceled') reject(new Error(`The download of ${name} was cancelled.`))
        if (state === 'completed') {
          resolve(readFile(path.join(folder, guid)).then((bytes) => ({ name, bytes, text: bytes.toString('utf8') })))
        }
      })
    })
    const [file] = await Promise.all([saved, begin()])
    return file
  } finally {
    await session.detach()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Somebody presses a button that asks for files, and chooses these. */
export async function chooseFiles(
  who: { page: Page; press(name: string): Promise<void> },
  button: string,
  files: string[],
): Promise<void> {
  const [chooser] = await Promise.all([who.page.waitForFileChooser(), who.press(button)])
  await chooser.accept(files)
}

/** A file of so many random bytes. @returns its path */
export async function makeFile(folder: string, name: string, bytes: number): Promise<string> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, randomFillSync(new Uint8Array(bytes)))
  return file
}

/** Waits until so many bytes of a running transfer are there. */
export const hasCome = (page: Page, bytes: number, within = 60_000) =>
  page.waitForFunction(
    (least) => [...document.querySelectorAll('progress')].some(({ value }) => value >= least),
    { polling: 50, timeout: within },
    bytes,
  )

type Drop = {
  file: string
  /** What is on the page once it knows that a file is held over it: a selector. */
  over: string
  whileHeld: () => Promise<void>
  /** Over the middle of this element, not of the page: a selector. */
  on?: string
}

/** Drags a file from outside over the page, holds it there, and drops it. Chromium only. */
export async function drop(page: Page, { file, over, whileHeld, on }: Drop): Promise<void> {
  const session = await page.createCDPSession()
  const { width, height } = page.viewport() ?? { width: 800, height: 600 }
  const middle = { x: width / 2, y: height / 2 }
  const place = on === undefined ? middle : await page.$eval(on, middleOf)
  const at = { ...place, data: { items: [], files: [file], dragOperationsMask: 1 } }
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  // A browser says again and again that a file is held over the page.
  await vi.waitFor(
    async () => {
      await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
      if (!(await page.$(over))) throw new Error(`Nothing on the page shows that a file is held over it: no ${over}.`)
    },
    { timeout: 20_000 },
  )
  await whileHeld()
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  await session.detach()
}

/** Drops a file or a folder on the files of the page. @param called what they are called in the page's language */
export async function dropOnFiles(page: Page, file: string, called = 'Files'): Promise<void> {
  const files = `::-p-aria([role="region"][name="${called}"])`
  await page.bringToFront()
  await page.$eval(files, (region) => region.scrollIntoView({ block: 'center' }))
  await drop(page, { file, over: files, whileHeld: async () => {}, on: files })
}

/** Runs in the page. */
function middleOf(element: Element): { x: number; y: number } {
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x: x + width / 2, y: y + height / 2 }
}
