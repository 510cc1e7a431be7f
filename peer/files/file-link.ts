import SimplePeer from 'simple-peer'
import * as v from 'valibot'
import { DIAL_MS, PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { LinkHello } from '../../protocol/link.ts'
import { Signal } from '../../protocol/pairing.ts'
import { type Channel, openChannel } from '../channel.ts'
import type { Frame } from '../frames.ts'
import { LinkError } from '../link-error.ts'
import { watchLink } from '../liveness.ts'
import { type BytesChannel, makeBytesChannel } from './bytes-channel.ts'

/** On the link for files nobody says anything but the greeting. */
const Incoming = v.variant('type', [LinkHello])

export type FileLink = {
  readonly channel: Channel
  /** Aborted when it is lost. */
  readonly signal: AbortSignal
}

type Parts = {
  initiator: boolean
  iceServers: RTCIceServer[]
  /** Whether a window keeps short what this side has on its way. */
  paced: boolean
  /** Over the session's own link. */
  say(signal: Signal): void
  hearSignals(hear: (signal: Signal) => void): void
  /** It stands: before anything that comes over it. */
  onOpen(link: FileLink): void
  onFrame(frame: Frame): void
  signal: AbortSignal
}

/**
 * The second connection of a session, for bytes that must not hold up the picture. Its signals go over the first one, whose other end is proven.
 * @throws LinkError `no-route`, or the signal's reason.
 */
export async function openFileLink(parts: Parts): Promise<void> {
  const { initiator, iceServers, say, hearSignals, onOpen, onFrame, signal } = parts
  const life = new AbortController()
  const alive = AbortSignal.any([signal, life.signal])
  let made: { connection: RTCPeerConnection; bytes: BytesChannel } | undefined
  /** simple-peer makes its connection with the class that it is given: so we get hold of it. */
  class OwnConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      made = { connection: this, bytes: makeBytesChannel(this, parts.paced) }
    }
  }
  const wrtc = { RTCPeerConnection: OwnConnection, RTCSessionDescription, RTCIceCandidate }
  const peer = new SimplePeer({ initiator, config: { iceServers }, wrtc })
  const lose = (error: LinkError) => life.abort(error)
  const late = setTimeout(() => lose(new LinkError('no-route', 'no path within the time')), DIAL_MS)
  alive.addEventListener('abort', () => peer.destroy(), { once: true })
  peer.on('error', ({ message }) => lose(new LinkError('lost', message)))
  peer.on('close', () => lose(new LinkError('lost', 'the connection closed')))
  peer.on('data', () => lose(new LinkError('bad-frame', 'bytes beside their channel')))
  peer.on('signal', (data) => say(v.parse(Signal, data)))
  hearSignals((data) => {
    if (!peer.destroyed) peer.signal(JSON.stringify(data))
  })
  const { promise: greeted, resolve, reject } = Promise.withResolvers<void>()
  alive.addEventListener('abort', () => reject(alive.reason), { once: true })
  made?.bytes.open.then(() => {
    if (!made || alive.aborted) return
    const { connection, bytes } = made
    const onSilent = () => lose(new LinkError('timeout', 'nothing was heard'))
    const watch = watchLink({ connection, onSilent, onHeard() {}, signal: alive })
    const channel = openChannel({
      transport: bytes,
      incoming: Incoming,
      hello: { type: 'hello', version: PROTOCOL_VERSION, share: false },
      onHello() {
        onOpen({ channel, signal: alive })
        resolve()
      },
      onMessage() {},
      onFrame,
      onHeard: watch.heard,
      onFailure: lose,
      signal: alive,
    })
  })
  return greeted.finally(() => clearTimeout(late))
}
