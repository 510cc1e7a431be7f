import * as v from 'valibot'
import { fromBase64url, toBase64url } from '../../../peer/base64url.ts'
import { randomId } from '../../../peer/random-id.ts'
import type { GroupId, TechnicianId, TicketId } from '../../../protocol/ids.ts'
import { DeskId, type LineId, MediaEnvelope, type MediaWord } from '../../../protocol/media.ts'
import { openForRoom, type RoomKey, sealedBy, sealForRoom } from '../../rooms/room-seal.ts'
import type { Wire } from '../../server/wire.ts'
import type { MediaKeys } from './media-seal.ts'

/** A desk that is open answers within this time, in ms. */
export const ANSWER_MS = 3_000

/** A word that came from a colleague's desk. */
export type Heard = { ticket: TicketId; from: TechnicianId; desk: DeskId; line: LineId; word: MediaWord }

/** A question, with the way on which it is answered: under the key under which it came. */
export type Asked = Heard & { answer(word: MediaWord): void }

/** What this desk and colleagues' desks say to each other of tickets' images, sealed, through the server. */
export type MediaTalk = {
  /** This page. */
  readonly desk: DeskId
  /** @param of `group`: that has the ticket */
  ask(of: { ticket: TicketId; group: GroupId }, to: TechnicianId, line: LineId, word: MediaWord): void
  onAsked(hear: (asked: Asked) => void, signal: AbortSignal): void
  onAnswered(hear: (heard: Heard) => void, signal: AbortSignal): void
}

type Parts = {
  wire: Pick<Wire, 'send' | 'onMessage'>
  me: TechnicianId
  /** @param group where it is known. Undefined where there are no keys here. */
  keysOf(ticket: TicketId, group: GroupId | undefined): Promise<MediaKeys | undefined>
  signal: AbortSignal
}

/** Of so many pages it is remembered what they said last; the oldest is forgotten. */
const MAX_DESKS = 500

export function openMediaTalk({ wire, me, keysOf, signal: until }: Parts): MediaTalk {
  const desk = v.parse(DeskId, randomId())
  const asked = new Set<(asked: Asked) => void>()
  const answered = new Set<(heard: Heard) => void>()
  /** By the person and the page that say it: an envelope that came twice or late is not read. A page's name alone could be said by a colleague, too. */
  const last = new Map<string, number>()
  /** Of the tickets that were asked about. */
  const groups = new Map<TicketId, GroupId>()
  let n = 0
  /** One after the other, in both directions: what is said in order is heard in order. */
  let saying = Promise.resolve()
  let hearing = Promise.resolve()

  type Said = { ticket: TicketId; to: TechnicianId; line: LineId; word: MediaWord }

  function say(type: 'media-ask' | 'media-answer', { ticket, to, line, word }: Said, by?: RoomKey) {
    const envelope: MediaEnvelope = { desk, n: n++, from: me, to, line, word }
    saying = saying.then(async () => {
      const keys = await keysOf(ticket, groups.get(ticket))
      if (!keys || until.aborted) return
      const plain = new TextEncoder().encode(JSON.stringify(envelope))
      for (const newest of by ? [by] : keys.sealing) {
        const box = toBase64url(await sealForRoom({ context: keys.context, newest }, plain))
        wire.send({ type, ticket, to, box })
      }
    })
    saying = saying.catch(() => {})
  }

  async function open(ticket: TicketId, from: TechnicianId, box: string) {
    const sealed = fromBase64url(box)
    const keys = await keysOf(ticket, groups.get(ticket))
    if (!keys) return undefined
    const plain = new TextDecoder().decode(await openForRoom(keys, sealed))
    const { desk: other, n: number, to, line, word, ...rest } = v.parse(MediaEnvelope, JSON.parse(plain))
    const page = `${from} ${other}`
    if (rest.from !== from || to !== me || number <= (last.get(page) ?? -1)) return undefined
    last.delete(page)
    last.set(page, number)
    const [oldest] = last.keys()
    if (last.size > MAX_DESKS && oldest !== undefined) last.delete(oldest)
    const { group } = sealedBy(sealed)
    const by = keys.sealing.find((key) => key.group === group)
    return { by, heard: { ticket, from, desk: other, line, word } }
  }

  wire.onMessage((message) => {
    if (message.type !== 'media-asked' && message.type !== 'media-answered') return
    const { type, ticket, from, box } = message
    hearing = hearing.then(async () => {
      // What does not open is of a group whose keys are not here, or of nobody.
      const opened = await open(ticket, from, box).catch(() => undefined)
      if (!opened || until.aborted) return
      const { heard, by } = opened
      if (type === 'media-answered') for (const hear of answered) hear(heard)
      if (type === 'media-answered' || !by) return
      const answer = (word: MediaWord) => say('media-answer', { ticket, to: from, line: heard.line, word }, by)
      for (const hear of asked) hear({ ...heard, answer })
    })
  }, until)

  return {
    desk,
    ask({ ticket, group }, to, line, word) {
      groups.set(ticket, group)
      say('media-ask', { ticket, to, line, word })
    },
    onAsked: (hear, signal) => keep(asked, hear, signal),
    onAnswered: (hear, signal) => keep(answered, hear, signal),
  }
}

function keep<T>(readers: Set<T>, reader: T, signal: AbortSignal): void {
  readers.add(reader)
  signal.addEventListener('abort', () => readers.delete(reader), { once: true })
}
