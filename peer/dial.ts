import SimplePeer from 'simple-peer'
import * as v from 'valibot'
import type { IceReply } from '../protocol/http.ts'
import type { Role } from '../protocol/ids.ts'
import { DialSignal } from '../protocol/pairing.ts'
import { LinkError } from './link-error.ts'
import { orderCodecs, withStartBitrate } from './sdp.ts'

export type DialOptions = {
  role: Role
  ice: IceReply['iceServers']
  /** Takes what the other browser must hear. */
  say(signal: DialSignal): void
  /** Without a path within so many ms the attempt is over. */
  withinMs: number
  /** Ends the attempt, and the link that came of it. */
  signal: AbortSignal
}

/** A WebRTC connection with an open data channel and one video transceiver, customer to technician. */
export type Link = {
  peer: SimplePeer.Instance
  connection: RTCPeerConnection
  video: RTCRtpTransceiver
  /** Why it ended, when it did. */
  closed: Promise<LinkError>
}

/** One try to make a link. `hear` takes what the other browser said. */
export type Attempt = {
  hear(signal: DialSignal): void
  /** Rejects with LinkError `no-route` or `bad-frame`. */
  link: Promise<Link>
}

/**
 * Connects the two browsers. The customer offers, with the video transceiver in place, so that showing a screen later is
 * only a `replaceTrack`.
 */
export function dial({ role, ice, say, withinMs, signal }: DialOptions): Attempt {
  const { wrtc, connection } = prepare(role)
  const peer = new SimplePeer({ initiator: role === 'customer', config: { iceServers: ice }, objectMode: true, wrtc })
  const { promise: closed, resolve: close } = Promise.withResolvers<LinkError>()
  const fail = (cause: unknown) => peer.destroy(cause instanceof Error ? cause : new Error(String(cause)))
  const late = setTimeout(() => fail(new Error('no path within the time')), withinMs)

  peer.on('error', (cause) => close(new LinkError('lost', cause.message)))
  peer.on('close', () => close(new LinkError('lost', 'the connection closed')))
  signal.addEventListener('abort', () => peer.destroy(), { once: true })
  if (signal.aborted) peer.destroy()
  peer.on('signal', (data) => {
    const said = v.safeParse(DialSignal, data)
    if (!said.success) return fail(new Error('simple-peer says what nobody knows'))
    const { output } = said
    say(output.type === 'answer' ? { ...output, sdp: withStartBitrate(output.sdp) } : output)
  })

  return {
    hear(negotiation) {
      if (!peer.destroyed) peer.signal(JSON.stringify(negotiation))
    },
    link: connect(),
  }

  async function connect(): Promise<Link> {
    const opened = new Promise<undefined>((resolve) => peer.once('connect', () => resolve(undefined)))
    const failure = await Promise.race([opened, closed])
    clearTimeout(late)
    if (failure) throw new LinkError('no-route', failure.message)
    const [video] = connection().getTransceivers()
    if (!video) throw new LinkError('bad-frame', 'the offer has no video')
    return { peer, connection: connection(), video, closed }
  }
}

/** simple-peer makes its connection with the class that it is given: so we get hold of it before the first offer. */
function prepare(role: Role) {
  let made: RTCPeerConnection | undefined
  class PreparedConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      made = this
      if (role === 'customer') {
        preferCodecs(this.addTransceiver('video', { direction: 'sendonly' }))
      } else {
        this.addEventListener('track', ({ track, transceiver }) => {
          if (track.kind === 'video') preferCodecs(transceiver)
        })
      }
    }
  }
  const wrtc = { RTCPeerConnection: PreparedConnection, RTCSessionDescription, RTCIceCandidate }
  return {
    wrtc,
    connection() {
      if (!made) throw new Error('simple-peer made no connection')
      return made
    },
  }
}

function preferCodecs(transceiver: RTCRtpTransceiver) {
  const { codecs } = RTCRtpReceiver.getCapabilities('video') ?? { codecs: [] }
  if (codecs.length > 0) transceiver.setCodecPreferences(orderCodecs(codecs))
}
