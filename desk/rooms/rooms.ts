import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import { queueRoom, type RoomName, type RoomOf, readRoom, ticketRoom } from '../../protocol/rooms.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { ServerRooms } from '../server/server-rooms.ts'
import type { Wire } from '../server/wire.ts'
import { followKeys, type KeySource } from './follow-keys.ts'
import { type HeldRooms, openHeldRooms } from './held-rooms.ts'
import type { Mesh } from './mesh.ts'
import { openRoom, type Room } from './room.ts'
import { openRoomMemory, type RoomMemory } from './room-memory.ts'
import type { RoomState } from './room-state.ts'
import { deleteStoredRoom } from './stored-room.ts'
import type { Pending } from './unsent.ts'
import { openWatching } from './watching.ts'

/** The rooms of a signed-in technician. */
export type Rooms = {
  /** Of the groups whose queues one reads, as long as one does. */
  readonly queues: ReadonlySignal<ReadonlyMap<GroupId, Room>>
  /** Of a ticket, opened when it is first asked for. @param source of its keys, @param group the ticket's: both followed as signals */
  ofTicket(room: TicketRoom, source: () => KeySource, group: () => GroupId | undefined): Room
  /** One that is open now. */
  opened(name: RoomName): Room | undefined
  /** Closes it, where it is open, and takes it off this browser's disk. */
  remove(name: RoomName): Promise<void>
  readonly held: HeldRooms
  readonly memory: RoomMemory
  /** Those of tickets in which something was written that did not reach the server before the desk was closed. */
  unsentOfTickets(): Promise<TicketRoom[]>
  /** How the rooms stand of which something is not sent. */
  readonly hindrances: ReadonlySignal<readonly RoomState[]>
  /** What of this browser's changes, in all rooms, is not with the server yet. */
  readonly pending: ReadonlySignal<Pending>
}

/** A ticket's case, or its whiteboard. */
export type TicketRoom = Extract<RoomOf, { kind: 'case' | 'board' }>

type Parts = {
  groups: ReadonlySignal<readonly GroupId[]>
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  /** Whether those are what the server has now. */
  keyringsAsked: ReadonlySignal<boolean>
  me: TechnicianId
  server: ServerRooms
  wire: Wire
  mesh: Mesh
  signal: AbortSignal
}

export function openRooms(parts: Parts): Rooms {
  const { groups, keyringOf, keyringsAsked, me, server, wire, mesh, signal: until } = parts
  const memory = openRoomMemory(until)
  const held = openHeldRooms(me, until)
  const queues = signal<ReadonlyMap<GroupId, Room>>(new Map())
  const ofTickets = signal<ReadonlyMap<RoomName, Room>>(new Map())
  const open = computed(() => [...queues.value.values(), ...ofTickets.value.values()])
  const lives = new Map<Room, AbortController>()
  const watching = openWatching(wire)

  const stop = effect(() => {
    const wanted = groups.value
    untracked(() => follow(wanted))
  })
  until.addEventListener('abort', stop, { once: true })

  function follow(wanted: readonly GroupId[]) {
    const before = queues.peek()
    const next = new Map(wanted.map((group) => [group, before.get(group) ?? openQueue(group)]))
    const left = [...before].filter(([group]) => !next.has(group))
    if (left.length > 0 || next.size !== before.size) queues.value = next
    for (const [, room] of left) leave(room)
  }

  function openQueue(group: GroupId): Room {
    return enter(
      queueRoom(group),
      () => {
        const keyring = keyringOf(group)
        return keyring && { keyring, earlier: [] }
      },
      () => group,
    )
  }

  function enter(name: RoomName, source: () => KeySource, groupOf: () => GroupId | undefined): Room {
    const life = new AbortController()
    const signal = AbortSignal.any([until, life.signal])
    const { keys, upToDate } = followKeys(name, source, signal)
    const keysAreCurrent = computed(() => keyringsAsked.value && upToDate.value)
    const room = openRoom({ room: name, keys, keysAreCurrent, server, wire: watching.wire, mesh, memory, signal })
    lives.set(room, life)
    const stopHolding = effect(() => {
      const group = groupOf()
      if (group) void held.hold(name, group)
    })
    signal.addEventListener('abort', stopHolding, { once: true })
    return room
  }

  function leave(room: Room | undefined) {
    if (!room) return
    lives.get(room)?.abort()
    lives.delete(room)
  }

  return {
    queues,
    held,
    memory,
    opened: (name) => open.peek().find((room) => room.name === name),
    async remove(name) {
      leave(open.peek().find((room) => room.name === name))
      ofTickets.value = new Map([...ofTickets.peek()].filter(([room]) => room !== name))
      if (!(await held.isShared(name))) {
        await memory.forget(name)
        await deleteStoredRoom(name)
      }
      // Last: what stops half-way is found again by it.
      await held.release(name)
    },
    ofTicket(of, source, group) {
      const name = ticketRoom(of)
      watching.touch(name)
      const found = ofTickets.peek().get(name)
      if (found) return found
      // A screen may ask while it is drawn: nothing of what opens the room is what the screen follows.
      return untracked(() => {
        const room = enter(name, source, group)
        ofTickets.value = new Map(ofTickets.peek()).set(name, room)
        return room
      })
    },
    async unsentOfTickets() {
      const own = new Set((await held.all()).map(({ room }) => room))
      const unsent = (await memory.unsent()).filter((room) => own.has(room)).map(readRoom)
      return unsent.flatMap((of) => (of.kind === 'queue' ? [] : [of]))
    },
    hindrances: computed(() =>
      open.value.filter(({ pending }) => pending.value.updates > 0).map(({ state }) => state.value),
    ),
    pending: computed(() => {
      const all = open.value.map(({ pending }) => pending.value)
      const updates = all.reduce((sum, { updates }) => sum + updates, 0)
      return { updates, tickets: new Set(all.flatMap(({ tickets }) => [...tickets])) }
    }),
  }
}
