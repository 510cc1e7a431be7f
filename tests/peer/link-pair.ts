import type { LinkMessage } from '../../peer/channel.ts'
import type { Frame } from '../../peer/frames.ts'
import type { CustomerTalk, LinkTalk, TechnicianTalk } from '../../peer/live-link.ts'
import type { CustomerToTechnician, TechnicianToCustomer } from '../../protocol/link.ts'

/** The reasons for which each side has refused the other. */
export type Refused = { technician: string[]; customer: string[] }

/**
 * Both ends of one link in memory, without a connection: what one side sends the other has read when `send` returns.
 * `cut` ends it as a broken connection does.
 */
export function linkPair(until: AbortSignal): {
  technician: TechnicianTalk
  customer: CustomerTalk
  refused: Refused
  cut(): void
} {
  const refused: Refused = { technician: [], customer: [] }
  const life = new AbortController()
  const signal = AbortSignal.any([until, life.signal])
  const desk = end<CustomerToTechnician>()
  const page = end<TechnicianToCustomer>()
  return {
    technician: talk(desk, page, refuse('technician'), signal),
    customer: talk(page, desk, refuse('customer'), signal),
    refused,
    cut: () => life.abort(),
  }

  function refuse(side: keyof Refused) {
    return (why: string) => {
      refused[side].push(why)
      life.abort()
    }
  }
}

/** The readers of one side. */
type End<In extends LinkMessage> = {
  messages: Map<In['type'], (message: In) => void>
  frames: Map<Frame['type'], (frame: Frame) => void>
}

const end = <In extends LinkMessage>(): End<In> => ({ messages: new Map(), frames: new Map() })

function talk<In extends LinkMessage, Out extends LinkMessage>(
  own: End<In>,
  other: End<Out>,
  refuse: (why: string) => void,
  signal: AbortSignal,
): LinkTalk<In, Out> {
  return {
    signal,
    refuse,
    send(message) {
      if (!signal.aborted) other.messages.get(message.type)?.(structuredClone(message))
    },
    on: (type, hear) => void own.messages.set(type, (message) => hear(message as Extract<In, { type: typeof type }>)),
    async sendFrame(type, stream, payload) {
      signal.throwIfAborted()
      other.frames.get(type)?.({ sequence: 0, type, stream, payload: new Uint8Array(payload) })
    },
    onFrame: (type, hear) => void own.frames.set(type, hear),
  }
}
