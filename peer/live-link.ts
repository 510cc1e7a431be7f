import type { CustomerToTechnician, TechnicianToCustomer } from '../protocol/link.ts'
import type { Channel, LinkMessage } from './channel.ts'
import type { Link } from './dial.ts'
import type { Frame, FrameType } from './frames.ts'
import type { Negotiation } from './negotiate.ts'

/** A frame type whose bytes belong to a feature. */
export type StreamType = Extract<FrameType, 'board' | 'file'>

/** What is said over a link that is up, as the features of one side use it. `In`, `Out`: the unions of the two directions. */
export type LinkTalk<In extends LinkMessage, Out extends LinkMessage> = {
  send(message: Out): void
  /** One reader for each type; what nobody reads is let go. */
  on<T extends In['type']>(type: T, hear: (message: Extract<In, { type: T }>) => void): void
  /** @see Channel.sendFrame */
  sendFrame(type: StreamType, stream: number, payload: Uint8Array): Promise<void>
  /** One reader for each type; bytes that nobody reads end the session. */
  onFrame(type: StreamType, hear: (frame: Frame) => void): void
  /** The other side did what no page of ours does: the session ends as for a frame that is not understood. */
  refuse(why: string): void
  /** Aborted with this link; where another takes its place, after the part has begun on that one. */
  readonly signal: AbortSignal
}

/** The same with the connection itself. */
export type LiveLink<In extends LinkMessage, Out extends LinkMessage> = LinkTalk<In, Out> &
  Pick<Link, 'peer' | 'connection' | 'video'> & {
    /** Of the session, for people to compare: four numbers below 256. */
    readonly words: readonly number[]
  }

/** A feature that outlives links: it is given each new one, and begins on it at once. */
export type LinkPart<In extends LinkMessage, Out extends LinkMessage> = (link: LiveLink<In, Out>) => void

export type CustomerTalk = LinkTalk<TechnicianToCustomer, CustomerToTechnician>
export type CustomerLink = LiveLink<TechnicianToCustomer, CustomerToTechnician>
/** `negotiation`: the one of this link. */
export type CustomerPart = (link: CustomerLink, negotiation: Negotiation) => void
export type TechnicianTalk = LinkTalk<CustomerToTechnician, TechnicianToCustomer>
export type TechnicianLink = LiveLink<CustomerToTechnician, TechnicianToCustomer>
export type TechnicianPart = LinkPart<CustomerToTechnician, TechnicianToCustomer>

/** What the session hands on to the features. */
export type Readers<In extends LinkMessage> = {
  hear(message: In): void
  /** @returns false for bytes that nobody reads. */
  hearFrame(frame: Frame): boolean
}

export function liveLink<In extends LinkMessage, Out extends LinkMessage>(
  { peer, connection, video }: Link,
  words: readonly number[],
  channel: Channel,
  refuse: (why: string) => void,
  signal: AbortSignal,
): { link: LiveLink<In, Out>; readers: Readers<In> } {
  const messages = new Map<In['type'], (message: In) => void>()
  const frames = new Map<FrameType, (frame: Frame) => void>()
  return {
    link: {
      peer,
      connection,
      video,
      words,
      signal,
      refuse,
      send: channel.send,
      sendFrame: channel.sendFrame,
      on(type, hear) {
        // The map's key is what narrows the union.
        messages.set(type, (message) => hear(message as Extract<In, { type: typeof type }>))
      },
      onFrame: (type, hear) => void frames.set(type, hear),
    },
    readers: {
      hear: (message) => messages.get(message.type)?.(message),
      hearFrame(frame) {
        frames.get(frame.type)?.(frame)
        return frames.has(frame.type)
      },
    },
  }
}
