import { effect, type ReadonlySignal, signal } from '@preact/signals'
import * as Y from 'yjs'
import { backoff } from '../../peer/backoff.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import type { ServerToTechnician } from '../../protocol/socket.ts'
import type { ServerRooms } from '../server/server-rooms.ts'
import type { Wire } from '../server/wire.ts'
import { type CompactionPace, openCompaction } from './compaction.ts'
import { COMPACT_AFTER, isWhole, knownOf, planMailbox } from './mailbox-plan.ts'
import { type MailboxReader, mailboxReader } from './mailbox-reader.ts'
import { peerEdits } from './peer-edits.ts'
import type { RoomMemory } from './room-memory.ts'
import { type RoomKeys, sealUpdate } from './room-seal.ts'
import type { RoomState } from './room-state.ts'
import { splitUpdate } from './split-update.ts'
import { openUnsent, type Pending } from './unsent.ts'

export type Mailbox = {
  readonly state: ReadonlySignal<RoomState>
  /** What of this browser's changes is not in the mailbox yet. */
  readonly pending: ReadonlySignal<Pending>
  /** Something was deleted for good: a snapshot without it takes the place of the entries from before. */
  tidy(): void
}

export type MailboxParts = {
  room: RoomName
  document: Y.Doc
  /** Once the document has what this browser keeps of it. */
  loaded: Promise<void>
  keys: ReadonlySignal<RoomKeys | undefined>
  /** Whether they are those that the group has at the server now; until then nothing is sealed with them. */
  keysAreCurrent: ReadonlySignal<boolean>
  server: ServerRooms
  wire: Pick<Wire, 'connection' | 'send' | 'onMessage'>
  memory: RoomMemory
  signal: AbortSignal
  /** Whether a change came from another browser directly. */
  fromPeer?: (origin: unknown) => boolean
  compact?: CompactionPace
}

/** A refusal that does not pass by itself is tried again after so long. */
const REFUSED_AGAIN_MS = 30_000

/** Whoever wrote something has this long to append it, before one who received it does; twice as long at most, in ms. */
const PEER_GRACE_MS = 4_000

type Pushed = Extract<ServerToTechnician, { type: 'room' }>

/**
 * Keeps a document and its room's mailbox the same: reads what others appended, appends what is written here, and is in no hurry to
 * forget either. One thing happens at a time.
 */
export function openMailbox(parts: MailboxParts): Mailbox {
  const { room, document, loaded, keys, keysAreCurrent, server, wire, memory, signal: until } = parts
  const fromPeer = parts.fromPeer ?? (() => false)
  const peers = peerEdits()
  const state = signal<RoomState>({ kind: 'loading' })
  /** Marks what this mailbox brought. */
  const origin = {}
  const unsent = openUnsent(room, document)
  const compaction = openCompaction({
    room,
    document,
    server,
    pace: parts.compact ?? { after: COMPACT_AFTER, withinMs: 20_000 },
    due: poke,
    done() {
      notBefore = 0
      poke()
    },
    signal: until,
  })
  let inbox: Pushed[] = []
  let reader: MailboxReader | undefined
  /** There may be entries that nobody pushed. */
  let behind = true
  let failures = 0
  /** Until then the server is left alone. */
  let notBefore = 0
  let running = false
  let again = false
  const timers = new Set<ReturnType<typeof setTimeout>>()

  void begin()
  return { state, pending: unsent.pending, tidy: compaction.ask }

  async function begin() {
    // Where the disk does not answer, everything is read, and what is here sent, once more.
    const [record] = await Promise.all([memory.read(room).catch(() => undefined), loaded])
    if (until.aborted) return
    const plan = planMailbox(document, record)
    reader = mailboxReader({ room, document, origin, server, onRead: peers.brought, from: plan.from, signal: until })
    if (plan.unsent) send(plan.unsent, 'all')
    document.on('update', written)
    wire.onMessage((message) => {
      if (message.type !== 'room' || message.room !== room) return
      inbox.push(message)
      poke()
    }, until)
    const stopConnection = effect(() => {
      if (wire.connection.value.kind === 'open') {
        wire.send({ type: 'watch', room })
        behind = true
        failures = 0
        notBefore = 0
      }
      poke()
    })
    let hadKeys = keys.peek() !== undefined
    const stopCurrent = effect(() => {
      if (keysAreCurrent.value) poke()
    })
    const stopKeys = effect(() => {
      const hasKeys = keys.value !== undefined
      if (hasKeys && reader?.unread) {
        reader.rewind()
        behind = true
      }
      // While the room was closed to this desk the server may have stopped to push.
      if (hasKeys && !hadKeys) {
        if (wire.connection.peek().kind === 'open') wire.send({ type: 'watch', room })
        behind = true
        notBefore = 0
      }
      hadKeys = hasKeys
      poke()
    })
    until.addEventListener('abort', () => {
      stopConnection()
      stopKeys()
      stopCurrent()
      document.off('update', written)
      for (const timer of timers) clearTimeout(timer)
      wire.send({ type: 'unwatch', room })
    })
  }

  function written(update: Uint8Array, from: unknown) {
    if (from === origin) return
    if (fromPeer(from)) return hearPeer(update)
    send(update)
    poke()
  }

  function hearPeer(update: Uint8Array) {
    if (!peers.waiting)
      later(PEER_GRACE_MS * (1 + Math.random()), () => {
        for (const missing of peers.takeMissing()) send(missing)
      })
    peers.hear(update)
  }

  function send(update: Uint8Array, deletions: 'new' | 'all' = 'new') {
    if (unsent.empty) void memory.markUnsent(room)
    for (const part of splitUpdate(update)) unsent.add(part, deletions)
  }

  function poke() {
    again = true
    if (!running) void work()
  }

  async function work() {
    running = true
    // What is written in one go is sent in one go.
    await Promise.resolve()
    while (again && !until.aborted) {
      again = false
      await round().catch(failed)
    }
    running = false
  }

  async function round() {
    const now = keys.peek()
    if (!reader) return
    if (wire.connection.peek().kind !== 'open') return show({ kind: 'offline' })
    if (!now) return show({ kind: 'no-keys' })
    if (Date.now() < notBefore) return
    if (await isBehind(reader, now)) await catchUp(reader, now)
    if (compaction.isDue && keysAreCurrent.peek()) {
      await readAll(reader, now)
      compaction.begin(reader, now)
    }
    while (!unsent.empty && keysAreCurrent.peek()) await append(reader, now)
    if (!unsent.empty) return show({ kind: 'syncing' })
    if (again || inbox.length > 0 || behind) return poke()
    failures = 0
    show({ kind: reader.unread ? 'no-keys' : 'synced' })
    await settle(reader)
  }

  async function isBehind({ take, has }: MailboxReader, now: RoomKeys): Promise<boolean> {
    const pushed = inbox
    inbox = []
    for (const { seq, stamp, before, sealed } of pushed) {
      const isEntry = sealed !== null && stamp !== null
      const read = isEntry ? await take(now, { seq, stamp, before, sealed }) : has(seq, stamp)
      if (!read) behind = true
    }
    return behind
  }

  async function catchUp(from: MailboxReader, now: RoomKeys) {
    show({ kind: 'syncing' })
    behind = false
    try {
      await readAll(from, now)
    } catch (error) {
      behind = true
      throw error
    }
  }

  /** Where the server was put back to an older state, it gets what it has lost. */
  async function readAll({ pull, takeMissing }: MailboxReader, now: RoomKeys) {
    await pull(now)
    const missing = takeMissing(unsent.all)
    if (missing) send(missing, 'all')
  }

  async function append({ passOwn }: MailboxReader, now: RoomKeys) {
    const batch = unsent.batch()
    const sealed = await sealUpdate(now, batch.length === 1 && batch[0] ? batch[0] : Y.mergeUpdates(batch))
    const entry = await server.append(room, { sealed }, until)
    unsent.sent(batch.length)
    if (unsent.empty) void memory.markSent(room)
    if (!passOwn(entry)) behind = true
  }

  /** Everything is read and sent. */
  async function settle(now: MailboxReader) {
    // Whoever heard that all is here may have written at once.
    if (now.unread || !unsent.empty || peers.waiting) return
    compaction.settled(now)
    if (isWhole(document)) await memory.write({ room, ...now.place, known: knownOf(document) })
  }

  function failed(error: unknown) {
    if (until.aborted || !(error instanceof RefusedError)) return
    const { refusal } = error
    if (refusal.code === 'unavailable' || refusal.code === 'too-many') {
      failures += 1
      show({ kind: 'offline' })
      return rest(refusal.retryAfterMs ?? backoff(failures))
    }
    show({ kind: 'refused', refusal })
    // A full mailbox may have room for a snapshot in the place of its entries.
    if (refusal.code === 'quota' && compaction.full()) return poke()
    behind = true
    rest(REFUSED_AGAIN_MS)
  }

  function rest(ms: number) {
    notBefore = Date.now() + ms
    later(ms, () => {
      notBefore = 0
    })
  }

  function later(ms: number, then: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      then()
      poke()
    }, ms)
    timers.add(timer)
  }

  function show(next: RoomState) {
    if (until.aborted) return
    if (next.kind !== state.peek().kind || next.kind === 'refused') state.value = next
  }
}
