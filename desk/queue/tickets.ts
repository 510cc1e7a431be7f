import { computed, type ReadonlySignal } from '@preact/signals'
import { type Details, type HandOver, MAX_EARLIER_HAND_OVERS } from '../../protocol/details.ts'
import type { TicketChange } from '../../protocol/http.ts'
import type { GroupId, TechnicianId, TicketId } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { EarlierKey } from '../../protocol/rooms.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { resealLeft } from '../case/left-messages.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Wire } from '../server/wire.ts'
import { drawSecret } from '../session/secret.ts'
import { forgetWrongSecrets } from '../session/wrong-secrets.ts'
import { type Changed, changeTicket } from './change-ticket.ts'
import { openDetailsStore, type QueueRooms } from './details-store.ts'
import type { QueueEntry } from './entry.ts'
import { openEntryList } from './entry-list.ts'
import { openFiling } from './filing.ts'
import { followHeaders } from './live-headers.ts'
import { orderQueue } from './order.ts'
import { QueueError } from './queue-error.ts'
import { recoverDetails } from './recover-details.ts'
import { sealDetails, sealDetailsFor } from './row-details.ts'

/** What a technician writes of a ticket. */
export type Written = Pick<Details, 'name' | 'contact' | 'request' | 'priority' | 'tags'>

export type NewTicket = Written & { group: GroupId; assignee: TechnicianId | null }

/**
 * The tickets of one technician, and what may be done with them. What asks the server throws RefusedError; what needs details or
 * keys that are not here throws QueueError.
 */
export type Tickets = {
  readonly entries: ReadonlySignal<readonly QueueEntry[]>
  /** Those that are in the queue, as they are read. */
  readonly queue: ReadonlySignal<readonly QueueEntry[]>
  /** True once the server, or this browser's copy, has said what there is. */
  readonly known: ReadonlySignal<boolean>
  /** Followed as a signal. */
  find(id: string): QueueEntry | undefined
  /** What the queues that are here have of it, also where it is not in the list. */
  detailsOf(header: Pick<TicketHeader, 'id' | 'group'>): Details | undefined
  /** `key`: 22 base64url characters; the same again makes no second ticket. */
  create(ticket: NewTicket, key: string, signal: AbortSignal): Promise<{ ticket: TicketHeader; details: Details }>
  /**
   * Writes what was changed, and leaves the rest as it is by now. Needs no server: what is written arrives when there is one.
   * @throws QueueError
   */
  edit(id: TicketId, changed: Partial<Written>): void
  /** Assigns it to oneself. Shown at once, and put right if somebody was faster. */
  claim(id: TicketId, signal: AbortSignal): Promise<Changed>
  /** `note`: what the next one should know; empty for none. */
  assign(id: TicketId, assignee: TechnicianId | null, note: string, signal: AbortSignal): Promise<Changed>
  /** To any group that has keys, also one that one is not in. Nobody has it afterwards. */
  move(id: TicketId, to: MoveTo, note: string, signal: AbortSignal): Promise<Changed>
  /** Invites a second technician, or ends that. */
  setSecond(id: TicketId, technician: TechnicianId, invited: boolean, signal: AbortSignal): Promise<Changed>
  resolve(id: TicketId, signal: AbortSignal): Promise<Changed>
  /** Assigned to oneself then. `header`: as it was listed. */
  reopen(header: TicketHeader, signal: AbortSignal): Promise<Changed>
  /** Kills the code for good. */
  expire(id: TicketId, why: 'withdrawn' | 'guessed', signal: AbortSignal): Promise<Changed>
  /** Of which there are details in the queues that are here, and which are not in the list. */
  strays(): TicketId[]
  /** It was deleted: nothing of it stays in the queues that are here. */
  forget(id: TicketId): void
  /** Takes an ended ticket out of the queue, for everybody; what it says rests on its row then. @throws RefusedError where that is not so yet */
  dismiss(id: TicketId): Promise<void>
}

export type MoveTo = { id: GroupId; publicKey: PublicKey | null }

export type TicketsParts = {
  server: ServerTickets
  wire: Pick<Wire, 'connection' | 'onMessage'>
  /** Whose tickets one may see, as the server said last; undefined before it did. */
  groups: ReadonlySignal<readonly GroupId[] | undefined>
  rooms: QueueRooms
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  /** What the group that a ticket goes to needs to read what was written before. */
  earlierKeysOf(keyring: OpenKeyring, ticket: TicketId): Promise<EarlierKey[]>
  me: TechnicianId
  signal: AbortSignal
}

export function openTickets(parts: TicketsParts): Tickets {
  const { server, wire, groups, rooms, keyringOf, earlierKeysOf, me, signal: until } = parts
  const list = openEntryList((header) => details.of(header), until)
  const details = openDetailsStore(rooms, list, until)
  const headers = followHeaders({ server, wire, groups, list, me, signal: until })
  recoverDetails({ server, entries: list.entries, details, keyringOf, signal: until })
  const filing = openFiling({
    server,
    entries: list.entries,
    complete: headers.complete,
    details,
    groups: () => rooms.value.keys(),
    keyringOf,
    signal: until,
  })

  function seenOf(id: TicketId): TicketHeader {
    const header = list.known(id)?.header
    if (!header) throw new QueueError('gone')
    return header
  }

  function detailsOf(header: TicketHeader): Details {
    const found = details.of(header)
    if (!found) throw new QueueError('no-details')
    return found
  }

  function keyringFor(group: GroupId): OpenKeyring {
    const keyring = keyringOf(group)
    if (!keyring) throw new QueueError('no-keys')
    return keyring
  }

  async function change(seen: TicketHeader, wanted: TicketChange, signal: AbortSignal): Promise<Changed> {
    const changed = await askFor(seen, wanted, signal)
    headers.hear(changed.ticket)
    return changed
  }

  /** What was asked of the server is done, whether somebody waits for its answer or not: what belongs to it follows all the same. */
  async function askFor(seen: TicketHeader, wanted: TicketChange, signal: AbortSignal): Promise<Changed> {
    signal.throwIfAborted()
    return await changeTicket(server, seen, wanted, until)
  }

  return {
    entries: list.entries,
    queue: computed(() => orderQueue(list.entries.value)),
    known: headers.known,
    find: (id) => list.find(id as TicketId),
    detailsOf: details.of,

    async create({ group, assignee, ...written }, key, signal) {
      signal.throwIfAborted()
      // Not with the signal: a ticket that is made without its details is of no use to anybody.
      const { ticket } = await server.create({ key, group, assignee }, until)
      // A repeated request brings the same ticket back: the code that may have been read out stays the same.
      const secret = details.of(ticket)?.secret ?? drawSecret()
      const made: Details = { ...written, secret, createdAt: ticket.createdAt, earlierKeys: [] }
      // Where a first try was answered and lost, it is in the group that was chosen then.
      if (!details.write(ticket.group, ticket.id, made)) throw new QueueError('no-keys')
      headers.hear(ticket)
      return { ticket, details: made }
    },

    edit(id, changed) {
      const seen = seenOf(id)
      details.write(seen.group, id, { ...detailsOf(seen), ...changed })
    },

    async claim(id, signal) {
      const seen = seenOf(id)
      if (seen.state.kind !== 'open') throw new QueueError('gone')
      // Without a server nobody has decided anything: then it is not pretended.
      if (wire.connection.peek().kind === 'open') list.ask(id, { kind: 'open', assignee: me })
      try {
        return await change(seen, { kind: 'assign', assignee: me }, signal)
      } finally {
        list.ask(id, undefined)
      }
    },

    async assign(id, assignee, note, signal) {
      const seen = seenOf(id)
      const changed = await change(seen, { kind: 'assign', assignee }, signal)
      const written = details.of(seen)
      if (changed.kind === 'done' && written) {
        details.write(seen.group, id, withHandOver(written, note, { by: me, to: assignee }))
      }
      return changed
    },

    async move(id, to, note, signal) {
      const seen = seenOf(id)
      const written = detailsOf(seen)
      if (!to.publicKey) throw new QueueError('group-without-keys')
      const earlierKeys = [...written.earlierKeys, ...(await earlierKeysOf(keyringFor(seen.group), id))]
      const held = list.known(id)?.held ? (await server.held(id, signal)).messages : []
      const moved = { ...withHandOver(written, note, { by: me, to: null }), earlierKeys }
      const sealed = await sealDetailsFor(to.publicKey, moved)
      const left = await resealLeft(keyringFor(seen.group), to.publicKey, held)
      const changed = await askFor(seen, { kind: 'move', group: to.id, sealed, held: left }, signal)
      if (rooms.peek().has(changed.ticket.group)) headers.hear(changed.ticket)
      else headers.leave(id)
      if (changed.kind === 'done') details.remove(seen.group, id)
      return changed
    },

    setSecond: (id, technician, invited, signal) => change(seenOf(id), { kind: 'second', technician, invited }, signal),

    async resolve(id, signal) {
      const seen = seenOf(id)
      const sealed = await sealDetails(keyringFor(seen.group), id, detailsOf(seen))
      const changed = await change(seen, { kind: 'resolve', sealed }, signal)
      if (changed.ticket.state.kind === 'resolved') details.remove(seen.group, id)
      return changed
    },

    async reopen(header, signal) {
      const nowhere = { presence: { kind: 'offline' }, held: 0, seen: 0, headerSeen: 0 } as const
      if (!list.known(header.id)) list.put(header.id, { header, ...nowhere })
      return await change(header, { kind: 'reopen' }, signal)
    },

    expire: (id, why, signal) => change(seenOf(id), { kind: 'expire', why }, signal),

    strays: () => [...rooms.peek().keys()].flatMap((group) => details.ids(group)).filter((id) => !list.known(id)),

    forget(id) {
      list.remove(id)
      for (const group of rooms.peek().keys()) details.remove(group, id)
      void forgetWrongSecrets(id)
    },

    async dismiss(id) {
      const header = list.known(id)?.header
      if (header) await filing.file(header)
      list.remove(id)
      if (header) details.remove(header.group, id)
      void forgetWrongSecrets(id)
    },
  }
}

/** With a note for the next one; one that was for somebody else is an earlier one then. */
function withHandOver(details: Details, note: string, about: Pick<HandOver, 'by' | 'to'>): Details {
  const { handOver: before, earlierHandOvers = [], ...rest } = details
  const earlier = before ? [...earlierHandOvers, before].slice(-MAX_EARLIER_HAND_OVERS) : earlierHandOvers
  return {
    ...rest,
    ...(earlier.length > 0 && { earlierHandOvers: earlier }),
    ...(note && { handOver: { ...about, note, at: Date.now() } }),
  }
}
