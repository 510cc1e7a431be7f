import type { Page } from 'puppeteer'

declare global {
  interface Window {
    /** Says one control message over the link; text goes as it is. */
    deskside_test_say?: (message: object | string) => void
    /** What the other side said over the link, control messages only. */
    deskside_test_heard?: { type: string }[]
  }
}

/**
 * From the next document on, whoever has this page can say over the real link what the page itself would never say: a tampered browser,
 * with the keys of its own session.
 */
export function tamper(page: Page) {
  return page.evaluateOnNewDocument(takeChannel)
}

export function say(page: Page, message: object | string) {
  return page.evaluate((said) => window.deskside_test_say?.(said), message)
}

/** Runs in the page: gets hold of its data channel, whoever opened it, and keeps its frames in sequence. */
function takeChannel(): void {
  const send = RTCDataChannel.prototype.send as (bytes: Uint8Array<ArrayBuffer>) => void
  const sequences = new WeakMap<RTCDataChannel, number>()
  let spoken: RTCDataChannel | undefined
  window.deskside_test_heard = []
  const next = (channel: RTCDataChannel, bytes: Uint8Array<ArrayBuffer>) => {
    if (channel.readyState !== 'open') return
    const sequence = sequences.get(channel) ?? 0
    sequences.set(channel, sequence + 1)
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, sequence)
    send.call(channel, bytes)
  }
  RTCDataChannel.prototype.send = function (data: unknown) {
    if (!(data instanceof Uint8Array)) return
    if (!sequences.has(this)) listen(this)
    next(this, new Uint8Array(data))
    // The session's own link was there before that for files.
    if (spoken?.readyState === 'open') return
    spoken = this
    window.deskside_test_say = (message) => {
      const chat = { id: crypto.randomUUID().replaceAll('-', '').slice(0, 22), at: Date.now() }
      const whole = typeof message === 'object' && 'text' in message ? { ...chat, ...message } : message
      const json = new TextEncoder().encode(typeof whole === 'string' ? whole : JSON.stringify(whole))
      const bytes = new Uint8Array(7 + json.length)
      bytes.set(json, 7)
      next(this, bytes)
    }
  }

  function listen(channel: RTCDataChannel) {
    channel.addEventListener('message', ({ data }) => {
      const bytes = new Uint8Array(data)
      if (bytes[4] === 0) window.deskside_test_heard?.push(JSON.parse(new TextDecoder().decode(bytes.subarray(7))))
    })
  }
}
