import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { IceServers } from '../../peer/ice-servers.ts'
import type { Me } from '../../protocol/account.ts'
import type { GroupId, Secret, TicketId } from '../../protocol/ids.ts'
import { type TicketBoard, ticketBoard } from '../board/ticket-board.ts'
import { type CaseDocument, caseDocument } from '../case/case-document.ts'
import type { CaseWords } from '../case/case-words.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { QueueEntry } from '../queue/entry.ts'
import { type Looker, mayOpenCase } from '../queue/rights.ts'
import type { Tickets } from '../queue/tickets.ts'
import type { Room } from '../rooms/room.ts'
import { roomRead } from '../rooms/room-caught-up.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Wire } from '../server/wire.ts'
import { type Attendance, attend } from './attendance.ts'
import type { AttendanceParts } from './attendance-parts.ts'
import { takeKeptCall } from './kept-call.ts'
import { wrongSecrets } from './wrong-secrets.ts'

/** The sessions of all tickets of one technician. */
export type Sessions = {
  /** Of a ticket that is open, mine, and whose secret half is in this browser. */
  of(id: TicketId): Attendance | undefined
  readonly all: ReadonlySignal<ReadonlyMap<TicketId, Attendance>>
  /** The history of any ticket, opened when it is first asked for. `group`: of one that may not be in the queue. */
  history(id: TicketId, group?: GroupId): CaseDocument
  /** The whiteboard of any ticket, likewise. */
  board(id: TicketId, group?: GroupId): TicketBoard
  /** Once all that the server has of a whiteboard is here. Rejects as the signal does; what is here by then is still there. */
  boardRead(id: TicketId, group: GroupId, signal: AbortSignal): Promise<void>
  readonly anyLive: ReadonlySignal<boolean>
  /** Files are on their way, or came and were not saved: they go with this page. */
  filesAtStake(): boolean
  /** Says goodbye to everyone. */
  endAll(): void
}

type Parts = {
  ice: IceServers
  wire: Wire
  tickets: Tickets
  rooms: Pick<Rooms, 'ofTicket' | 'unsentOfTickets'>
  words: Pick<CaseWords, 'follow'>
  /** Used once sessions are open. */
  media: AttendanceParts['media']
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  me: Me
  looker: ReadonlySignal<Looker>
  fileRules: AttendanceParts['fileRules']
  /** This tab took the lead from another one, whose seats it takes too. */
  tookLead: boolean
  signal: AbortSignal
}

/** Attends every customer of mine who comes. */
export function openSessions({
  ice,
  wire,
  tickets,
  rooms,
  words,
  media,
  keyringOf,
  me,
  looker,
  fileRules,
  tookLead,
  signal: until,
}: Parts): Sessions {
  const attendances = signal<ReadonlyMap<TicketId, { attendance: Attendance; life: AbortController }>>(new Map())
  /** A room that was taken off the disk is another one when it comes back. */
  const documents = new WeakMap<Room, CaseDocument>()
  const boards = new WeakMap<Room, TicketBoard>()

  const callBefore = takeKeptCall()
  const stop = effect(() => {
    const entries = tickets.entries.value.filter((entry) => isMine(entry, me))
    untracked(() => follow(entries))
  })
  until.addEventListener('abort', stop, { once: true })
  // What was written before the desk was closed goes on its way, though nobody looks at that ticket now.
  void rooms.unsentOfTickets().then(
    (unsent) => {
      for (const { kind, ticket } of until.aborted ? [] : unsent) openRoom(kind, ticket)
    },
    () => {},
  )

  function follow(entries: readonly QueueEntry[]) {
    const before = attendances.peek()
    const next = new Map<TicketId, { attendance: Attendance; life: AbortController }>()
    for (const { header, details, presence } of entries) {
      if (!details) continue
      const found = before.get(header.id) ?? begin(header.id, details.secret)
      next.set(header.id, found)
      found.attendance.follow(presence)
    }
    for (const [id, { attendance, life }] of before) {
      if (next.has(id)) continue
      attendance.handOver()
      life.abort()
    }
    if (next.size !== before.size || [...next.keys()].some((id) => !before.has(id))) attendances.value = next
  }

  function begin(ticket: TicketId, secret: Secret) {
    const life = new AbortController()
    const attendance = attend({
      ticket,
      secret,
      wire,
      document: () => history(ticket),
      board: () => board(ticket),
      media,
      attempts: (changed) => wrongSecrets(ticket, changed),
      iceServers: ice,
      fileRules,
      inOtherCall: () => [...attendances.peek()].some(([id, other]) => id !== ticket && isInCall(other.attendance)),
      callBefore,
      takeSeat: tookLead,
      onDead: () => void tickets.expire(ticket, 'guessed', until).catch(() => {}),
      signal: AbortSignal.any([until, life.signal]),
    })
    return { attendance, life }
  }

  function history(ticket: TicketId, group?: GroupId): CaseDocument {
    const room = openRoom('case', ticket, group)
    const found = documents.get(room) ?? caseDocument(room, me.id)
    if (!documents.has(room)) words.follow(ticket, found)
    documents.set(room, found)
    return found
  }

  function board(ticket: TicketId, group?: GroupId): TicketBoard {
    const room = openRoom('board', ticket, group)
    const found = boards.get(room) ?? ticketBoard(room, me.name, until)
    boards.set(room, found)
    return found
  }

  async function boardRead(ticket: TicketId, group: GroupId, signal: AbortSignal) {
    const room = openRoom('board', ticket, group)
    await room.loaded
    await roomRead(room, signal)
  }

  function openRoom(kind: 'case' | 'board', ticket: TicketId, group?: GroupId): Room {
    return rooms.ofTicket(
      { kind, ticket },
      () => keysOf(ticket, group),
      () => tickets.find(ticket)?.header.group ?? group,
    )
  }

  function keysOf(ticket: TicketId, listedIn: GroupId | undefined) {
    const entry = tickets.find(ticket)
    // Whoever lost the place takes no more part, and sends nothing more; what this browser has is only closed.
    if (entry && (entry.asked || !mayOpenCase(entry.header, looker.value))) return undefined
    const group = entry?.header.group ?? listedIn
    const keyring = group && keyringOf(group)
    return keyring && { keyring, earlier: entry?.details?.earlierKeys ?? [] }
  }

  return {
    of: (id) => attendances.value.get(id)?.attendance,
    all: computed(() => new Map([...attendances.value].map(([id, { attendance }]) => [id, attendance] as const))),
    history,
    board,
    boardRead,
    anyLive: computed(() =>
      [...attendances.value.values()].some(({ attendance }) => attendance.state.value.kind === 'live'),
    ),
    filesAtStake: () => [...attendances.peek().values()].some(({ attendance }) => attendance.files.atStake()),
    endAll() {
      for (const { attendance } of attendances.peek().values()) attendance.end()
    },
  }
}

function isInCall({ call }: Attendance): boolean {
  const { kind } = call.now.peek().call
  return kind === 'on' || kind === 'asking'
}

/** What was only asked for is not mine yet: the server would refuse the seat. */
function isMine({ header, asked }: QueueEntry, me: Me): boolean {
  return !asked && header.state.kind === 'open' && header.state.assignee === me.id
}
