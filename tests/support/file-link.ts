import type { Page } from 'puppeteer'

declare global {
  interface Window {
    /** Bytes in frames of files that this page has written, for each channel. */
    deskside_test_file_bytes?: Map<RTCDataChannel, number>
    deskside_test_file_connections?: RTCPeerConnection[]
  }
}

/** From the next document on, what this page sends of files is counted, and the connection for them can be cut. */
export function watchFileLink(page: Page) {
  return page.evaluateOnNewDocument(watch)
}

/** Bytes that went out: what waited in the browser when its connection was cut never did. */
export const fileBytesSent = (page: Page) =>
  page.evaluate(() =>
    [...(window.deskside_test_file_bytes ?? [])].reduce(
      (sum, [channel, written]) => sum + written - channel.bufferedAmount,
      0,
    ),
  )

/** Ends the newest connection from this side, at once: what is on the way is lost. */
export const cutFileLink = (page: Page) => page.evaluate(() => window.deskside_test_file_connections?.at(-1)?.close())

/** Runs in the page. */
function watch(): void {
  const connections: RTCPeerConnection[] = []
  window.deskside_test_file_connections = connections
  const written = new Map<RTCDataChannel, number>()
  window.deskside_test_file_bytes = written
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.push(this)
    }
  }
  const send = RTCDataChannel.prototype.send as (bytes: Uint8Array<ArrayBuffer>) => void
  RTCDataChannel.prototype.send = function (data: unknown) {
    if (!(data instanceof Uint8Array)) return
    if (data[4] === 3) written.set(this, (written.get(this) ?? 0) + data.length)
    send.call(this, new Uint8Array(data))
  }
}
