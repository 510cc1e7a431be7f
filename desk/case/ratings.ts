import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { fromBase64url } from '../../peer/base64url.ts'
import type { GroupId, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { type Rating, RatingWords } from '../../protocol/rating.ts'
import type { Score } from '../../protocol/score.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { openSealedToGroup } from '../keys/group-seal.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import { GroupSealError } from '../rooms/room-seal.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Wire } from '../server/wire.ts'

/** What a customer thinks of a session. `words`: undefined where there are none to read; null where they are sealed to keys that are not here. */
export type OpenedRating = Omit<Rating, 'box'> & { words: string | undefined | null }

/** An answer that came while this desk is open. */
export type RatingNews = { ticket: TicketId; technician: TechnicianId; score: Score }

export type Ratings = {
  /** The last one that came. */
  readonly news: ReadonlySignal<RatingNews | undefined>
  /** Those of a ticket, the oldest first. @throws RefusedError */
  of(ticket: Pick<TicketHeader, 'id' | 'group'>, signal: AbortSignal): Promise<OpenedRating[]>
}

type Parts = {
  server: Pick<ServerTickets, 'ratings'>
  wire: Pick<Wire, 'onMessage'>
  keyringOf(group: GroupId): OpenKeyring | undefined
  signal: AbortSignal
}

export function openRatings({ server, wire, keyringOf, signal: until }: Parts): Ratings {
  const news = signal<RatingNews | undefined>(undefined)
  wire.onMessage((message) => {
    if (message.type !== 'rated') return
    const { ticket, technician, score } = message
    news.value = { ticket, technician, score }
  }, until)

  return {
    news,
    async of(ticket, signal) {
      const { ratings } = await server.ratings(ticket.id, signal)
      return await Promise.all(
        ratings.map(async ({ box, ...rating }) => {
          // A ticket may have moved between the session and the answer.
          const keyrings = [...new Set([ticket.group, rating.group])].flatMap((group) => keyringOf(group) ?? [])
          return { ...rating, words: box === null ? undefined : await wordsIn(box, ticket.id, keyrings) }
        }),
      )
    },
  }
}

/** Null where none of the keyrings opens it, or it was written for another ticket. */
async function wordsIn(box: string, ticket: TicketId, keyrings: readonly OpenKeyring[]): Promise<string | null> {
  for (const keyring of keyrings) {
    const bytes = await openBox(keyring, box)
    if (bytes) return readWords(bytes, ticket)
  }
  return null
}

async function openBox(keyring: OpenKeyring, box: string): Promise<Uint8Array | undefined> {
  try {
    return await openSealedToGroup(keyring, fromBase64url(box))
  } catch (error) {
    if (error instanceof GroupSealError) return undefined
    throw error
  }
}

function readWords(bytes: Uint8Array, ticket: TicketId): string | null {
  try {
    const read = v.safeParse(RatingWords, JSON.parse(new TextDecoder().decode(bytes)))
    return read.success && read.output.ticket === ticket ? read.output.text : null
  } catch {
    return null
  }
}
