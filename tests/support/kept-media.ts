import { createHash } from 'node:crypto'
import type { Page } from 'puppeteer'

/** SHA-256 of each image and recording on this browser's disk, by its name there. */
export async function keptMedia(page: Page): Promise<Record<string, string>> {
  const files = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle('media', { create: true })
    const found: Record<string, string> = {}
    for await (const [name, handle] of folder as FileSystemDirectoryHandle &
      AsyncIterable<[string, FileSystemHandle]>) {
      if (!(handle instanceof FileSystemFileHandle)) continue
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      found[name] = btoa(text)
    }
    return found
  })
  const hashOf = (base64: string) => createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex')
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, hashOf(bytes)]))
}

/** From now on this page's links carry so many bytes of files, and then nothing any more. */
export async function swallowAfter(page: Page, bytes: number): Promise<void> {
  await page.evaluate((limit) => {
    let sent = 0
    const send = RTCDataChannel.prototype.send as (data: Uint8Array<ArrayBuffer>) => void
    RTCDataChannel.prototype.send = function (data: unknown) {
      if (!(data instanceof Uint8Array)) return
      if (data[4] === 3) sent += data.length
      if (sent <= limit) send.call(this, new Uint8Array(data))
    }
  }, bytes)
}
