import type { Transport } from '../channel.ts'

/** So many bytes may wait in the browser's buffer: with more SCTP sends until the queues of the line overflow. */
const WAITING = 64 * 1024
/** Where a window keeps it from that: with less the buffer runs dry before a busy page gives it more. */
const WAITING_PACED = 256 * 1024
/** With so much left it is filled again, so that the browser tells of it once for two frames. */
const REFILL_PACED = WAITING_PACED - 64 * 1024
/** Far from those that the browser gives by itself. */
const ID = 100

export type BytesChannel = Transport & {
  /** Resolves when both sides may write. */
  readonly open: Promise<void>
}

/** A data channel that both sides make beside the one of simple-peer, without the stream around that one: docs/decisions/0036-bytes-past-simple-peer.md. */
export function makeBytesChannel(connection: RTCPeerConnection, paced: boolean): BytesChannel {
  const most = paced ? WAITING_PACED : WAITING
  const channel = connection.createDataChannel('bytes', { negotiated: true, id: ID })
  channel.binaryType = 'arraybuffer'
  channel.bufferedAmountLowThreshold = paced ? REFILL_PACED : most
  const open = new Promise<void>((resolve) => channel.addEventListener('open', () => resolve(), { once: true }))
  let full: ((error?: Error | null) => void)[] = []
  channel.addEventListener('bufferedamountlow', () => {
    const waiting = full
    full = []
    for (const written of waiting) written()
  })
  return {
    open,
    write(bytes, written) {
      if (channel.readyState !== 'open') return false
      channel.send(bytes)
      const roomy = channel.bufferedAmount <= most
      roomy ? written() : full.push(written)
      return roomy
    },
    on(_event, receive) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
        receive(data instanceof ArrayBuffer ? new Uint8Array(data) : data),
      )
    },
  }
}
