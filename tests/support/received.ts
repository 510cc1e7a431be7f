import { setTimeout } from 'node:timers/promises'
import type { Page } from 'puppeteer'

/** A body that is not there by then never comes, in ms. */
const BODY_MS = 10_000

/** What a page has received. */
export type Received = {
  /** The bodies of answers, the messages of sockets and those of data channels, as text. */
  read(): Promise<{ answers: string; socket: readonly string[]; channel: string }>
}

/** Listens beside the page, from the next document that it opens. Chromium only. */
export async function watchReceived(page: Page): Promise<Received> {
  const socket: string[] = []
  const answers: Promise<string>[] = []
  const session = await page.createCDPSession()
  await session.send('Network.enable')
  session.on('Network.webSocketFrameReceived', ({ response }) => socket.push(response.payloadData))
  // A redirect, or what the page no longer waits for, has no body; of some of them the browser never says so.
  page.on('response', (response) => {
    answers.push(Promise.race([response.text().catch(() => ''), setTimeout(BODY_MS, '')]))
  })
  await page.evaluateOnNewDocument(hearChannels)
  return {
    async read() {
      const channel = await page.evaluate(() => (window.heardOnChannels ?? []).join('\n'))
      return { answers: (await Promise.all(answers)).join('\n'), socket, channel }
    },
  }
}

declare global {
  interface Window {
    heardOnChannels?: string[]
  }
}

/** Runs in the page. */
function hearChannels(): void {
  const heard: string[] = []
  window.heardOnChannels = heard
  const hear = ({ data }: MessageEvent) => {
    heard.push(typeof data === 'string' ? data : new TextDecoder().decode(data))
  }
  const Browsers = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Browsers {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      this.addEventListener('datachannel', ({ channel }) => channel.addEventListener('message', hear))
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options)
      channel.addEventListener('message', hear)
      return channel
    }
  }
}
