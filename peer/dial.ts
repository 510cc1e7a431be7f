import SimplePeer from 'simple-peer'
import * as v from 'valibot'
import type { IceReply } from '../protocol/http.ts'
import type { Role } from '../protocol/ids.ts'
import { DIAL_MS } from '../protocol/limits.ts'
import { Signal } from '../protocol/pairing.ts'
import type { Paired } from './handshake.ts'
import type { Inbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import { relayMessage, type TicketRelay } from './relay.ts'
import { orderCodecs, withStartBitrate } from './sdp.ts'
import { createSeal } from './seal.ts'

export type DialOptions = {
  role: Role
  paired: Paired
  ice: IceReply['iceServers']
  relay: TicketRelay
  inbox: Inbox
  signal: AbortSignal
}

/** A WebRTC connection with an open data channel and one video transceiver, customer to technician. */
export type Link = {
  peer: SimplePeer.Instance
  connection: RTCPeerConnection
  video: RTCRtpTransceiver
  /** @see SessionKeys.words */
  words: readonly number[]
  /** Why it ended, when it did. */
  closed: Promise<LinkError>
}

/**
 * Connects the two browsers over sealed signals. The customer offers, with the video transceiver in place, so that
 * showing a screen later is only a `replaceTrack`.
 * @throws LinkError `no-route`, `tampered`, or what the other side aborted with; the signal's reason.
 */
export async function dial({ role, paired, ice, relay, inbox, signal }: DialOptions): Promise<Link> {
  signal.throwIfAborted()
  const seal = createSeal(paired.keys, paired.sid, role)
  const { wrtc, connection } = prepare(role)
  const peer = new SimplePeer({ initiator: role === 'customer', config: { iceServers: ice }, objectMode: true, wrtc })
  const { promise: closed, resolve: close } = Promise.withResolvers<LinkError>()
  const fail = (cause: unknown) => peer.destroy(cause instanceof Error ? cause : new Error(String(cause)))
  const pumping = new AbortController()
  const late = setTimeout(() => fail(new LinkError('no-route', 'no path within the time')), DIAL_MS)

  peer.on('error', (cause) => close(cause instanceof LinkError ? cause : new LinkError('lost', cause.message)))
  peer.on('close', () => close(new LinkError('lost', 'the connection closed')))
  signal.addEventListener('abort', () => peer.destroy(), { once: true })
  let sent = Promise.resolve()
  peer.on('signal', (data) => {
    sent = sent.then(() => send(data)).catch(fail)
  })
  void closed.then(() => pumping.abort())
  receive().catch(fail)

  const opened = new Promise<undefined>((resolve) => peer.once('connect', () => resolve(undefined)))
  const failure = await Promise.race([opened, closed])
  clearTimeout(late)
  signal.throwIfAborted()
  if (failure) throw failure.reason === 'lost' ? new LinkError('no-route', failure.message) : failure
  const [video] = connection().getTransceivers()
  if (!video) throw new LinkError('bad-frame', 'the offer has no video')
  return { peer, connection: connection(), video, words: paired.keys.words, closed }

  async function send(data: SimplePeer.SignalData) {
    const signalled = v.parse(Signal, data)
    const edited = signalled.type === 'answer' ? { ...signalled, sdp: withStartBitrate(signalled.sdp) } : signalled
    relayMessage(relay, await seal.seal(edited))
  }

  /** Runs as long as the link: candidates may come late, and an abort at any time. */
  async function receive() {
    while (!pumping.signal.aborted) {
      const message = await inbox.next(pumping.signal)
      if (message.type === 'abort') throw new LinkError(message.reason, 'the other side gave up', { told: true })
      if (message.type === 'sealed') peer.signal(JSON.stringify(await seal.open(message)))
      // The technician's desk began anew; with a link that stands, its silence will tell.
      if (message.type === 'start' && message.sid !== paired.sid && !peer.connected) {
        throw new LinkError('lost', 'the other side begins a new session')
      }
    }
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
        this.addEventListener('track', ({ transceiver }) => preferCodecs(transceiver))
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
