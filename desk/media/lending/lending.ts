import { effect } from '@preact/signals'
import type { IceServers } from '../../../peer/ice-servers.ts'
import type { GroupId, TechnicianId, TicketId } from '../../../protocol/ids.ts'
import type { MediaId } from '../../../protocol/media.ts'
import { caseRoom, type EarlierKey } from '../../../protocol/rooms.ts'
import type { CaseMedia, ListedMedia } from '../../case/case-media.ts'
import type { OpenKeyring } from '../../keys/keyring.ts'
import type { Tickets } from '../../queue/tickets.ts'
import { earlierKeysOf } from '../../rooms/room-seal.ts'
import type { Rooms } from '../../rooms/rooms.ts'
import type { ServerMedia } from '../../server/server-media.ts'
import type { Wire } from '../../server/wire.ts'
import type { Media } from '../media.ts'
import { fetchStored } from '../stored/fetch-stored.ts'
import { openUploads, type Uploads } from '../stored/uploads.ts'
import { FetchError } from './fetch-state.ts'
import { type Fetches, openFetches } from './fetches.ts'
import { lendMedia } from './lend.ts'
import { mediaKeys } from './media-seal.ts'
import { openMediaTalk } from './media-talk.ts'
import { openSearch, type Search, type Sought } from './whereabouts.ts'

/** Images of tickets between technicians' browsers. */
export type Lending = {
  readonly places: Search['places']
  readonly fetches: Fetches
  /** Those of this browser, to the server. */
  readonly uploads: Uploads
  /** Looks where those of a ticket are that are not here, as long as somebody looks at them. */
  watch(of: Sought, until: AbortSignal): void
}

type Parts = {
  wire: Wire
  server: ServerMedia
  me: TechnicianId
  media: Media
  /** Of a ticket's case, opened where it is not. */
  mediaOf(of: Sought): CaseMedia
  tickets: Pick<Tickets, 'find'>
  rooms: Pick<Rooms, 'held'>
  keyringOf(group: GroupId): OpenKeyring | undefined
  ice: IceServers
  signal: AbortSignal
}

export function openLending({
  wire,
  server,
  me,
  media,
  mediaOf,
  tickets,
  rooms,
  keyringOf,
  ice,
  signal,
}: Parts): Lending {
  /**
   * Keys of groups that have or had the ticket, as far as this browser knows by itself: one that only says that it has it opens nothing.
   */
  async function keysOf(ticket: TicketId, asked: GroupId | undefined) {
    const entry = tickets.find(ticket)
    const held = await rooms.held.all().catch(() => [])
    const room = held.find((one) => one.room === caseRoom(ticket))
    const groups = new Set([entry?.header.group, asked, room?.group].filter((group) => group !== undefined))
    const keys: EarlierKey[] = []
    for (const group of groups) {
      const keyring = keyringOf(group)
      if (keyring) keys.push(...(await earlierKeysOf(keyring, ticket)))
    }
    const own = new Set(keys.map(({ group }) => group))
    // What somebody else handed on does not replace one's own.
    keys.push(...(entry?.details?.earlierKeys ?? []).filter(({ group }) => !own.has(group)))
    return keys.length > 0 ? await mediaKeys(ticket, keys) : undefined
  }

  const talk = openMediaTalk({ wire, me, keysOf, signal })
  const storedOf = async (ticket: TicketId) =>
    new Set(
      await server.list(ticket, signal).then(
        ({ whole }) => whole,
        () => [],
      ),
    )
  const search = openSearch({ talk, wire, storedOf, signal })
  lendMedia({ talk, media, ice, signal })

  return {
    places: search.places,
    uploads: openUploads({ media, server, wire, keysOf: (ticket) => keysOf(ticket, undefined), signal }),
    fetches: openFetches({
      talk,
      search,
      media,
      mediaOf,
      ice,
      async fromServer(parts) {
        const keys = await keysOf(parts.of.ticket, parts.of.group)
        if (!keys) throw new FetchError('failed')
        await fetchStored({ ...parts, server, keys })
      },
      signal,
    }),
    watch(of, until) {
      const { list } = mediaOf(of)
      let known: readonly ListedMedia[] = []
      let here = new Set<MediaId>()
      const life = AbortSignal.any([signal, until])
      const elsewhere = () => list.peek().filter(({ id }) => !media.items.peek().has(id))
      const look = search.watch(of, elsewhere, life)
      const stop = effect(() => {
        const now = list.value
        const items = media.items.value
        // A copy was deleted: where the original is was known before that.
        for (const id of here) if (!items.has(id)) search.doubt(id)
        here = new Set(now.flatMap(({ id }) => (items.has(id) ? [id] : [])))
        // It has come since.
        if (elsewhere().some(({ id }) => !search.places.peek().has(id))) look()
        // Who made it deleted it for everybody.
        for (const { id } of known) if (!now.some((one) => one.id === id)) void dropCopy(id)
        known = now
      })
      life.addEventListener('abort', stop, { once: true })
    },
  }

  async function dropCopy(id: ListedMedia['id']) {
    const item = media.items.peek().get(id)
    if (item?.maker !== undefined) await media.remove(item)
  }
}
