import * as v from 'valibot'
import * as Y from 'yjs'
import { GroupId } from '../../protocol/ids.ts'
import { RoomName, readRoom, Seq, Stamp } from '../../protocol/rooms.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { addToStoredRoom, readStoredRoom } from '../rooms/stored-room.ts'
import { pack, UnpackError, unpack } from './pack.ts'
import type { BackupItem, BackupKind, BackupPart, Merged } from './part.ts'

/** With a room's document (V1 update): what its mailbox was known to have, in a second piece, and whether something was not sent. */
const About = v.strictObject({
  group: GroupId,
  unsent: v.boolean(),
  mailbox: v.nullable(v.object({ after: Seq, stamp: v.optional(Stamp) })),
})

type Parts = Pick<Rooms, 'held' | 'memory' | 'opened'>

/** The shared documents: queues, cases, and whatever room comes to be. @param groups whose rooms may be put back */
export function roomsPart({ held, memory, opened }: Parts, groups: () => readonly GroupId[]): BackupPart {
  async function* collect(): AsyncIterable<BackupItem> {
    const unsent = new Set(await memory.unsent())
    for (const { room, group } of await held.all()) {
      const document = await documentOf(room)
      if (!document) continue
      const record = await memory.read(room)
      const mailbox = record ? { after: record.after, stamp: record.stamp } : null
      const about: v.InferOutput<typeof About> = { group, unsent: unsent.has(room), mailbox }
      const pieces = [document, ...(record ? [record.known] : [])]
      yield { kind: kindOf(room), name: room, bytes: pack(about, pieces) }
    }
  }

  /** As it is now, also what the disk has not taken. */
  async function documentOf(room: RoomName): Promise<Uint8Array | undefined> {
    const open = opened(room)
    if (open) return await open.loaded.then(() => Y.encodeStateAsUpdate(open.document))
    const updates = await readStoredRoom(room)
    return updates && updates.length > 0 ? Y.mergeUpdates(updates) : undefined
  }

  async function merge({ name, bytes }: BackupItem): Promise<Merged> {
    const room = v.safeParse(RoomName, name)
    const { about, blobs } = unpack(bytes, About)
    const [update, known] = blobs
    if (!room.success || !update) throw new UnpackError('no room')
    if (!groups().includes(about.group)) return 'left-out'
    const { document, isOpen } = await workingCopy(room.output)
    const empty = document.store.clients.size === 0
    const missing = missingOf(document, update)
    if (!missing) return 'same'
    if (isOpen) Y.applyUpdate(document, missing, 'backup')
    else await addToStoredRoom(room.output, missing)
    await held.hold(room.output, about.group)
    if (!isOpen && !(await memory.read(room.output)) && about.mailbox && known) {
      await memory.write({ room: room.output, ...about.mailbox, known })
    }
    if (!isOpen && about.unsent) await memory.markUnsent(room.output)
    return empty ? 'new' : 'merged'
  }

  async function workingCopy(room: RoomName): Promise<{ document: Y.Doc; isOpen: boolean }> {
    const open = opened(room)
    if (open) return await open.loaded.then(() => ({ document: open.document, isOpen: true }))
    const document = new Y.Doc()
    for (const update of (await readStoredRoom(room)) ?? []) Y.applyUpdate(document, update)
    return { document, isOpen: false }
  }

  return { kinds: ['queue', 'case'], collect, merge }
}

const kindOf = (room: RoomName): BackupKind => (readRoom(room).kind === 'queue' ? 'queue' : 'case')

/** What the update has and the document lacks; undefined where that is nothing. @throws UnpackError */
function missingOf(document: Y.Doc, update: Uint8Array): Uint8Array | undefined {
  const together = new Y.Doc()
  Y.applyUpdate(together, Y.encodeStateAsUpdate(document))
  try {
    Y.applyUpdate(together, update)
  } catch (cause) {
    throw new UnpackError('no document', { cause })
  }
  if (Y.equalSnapshots(Y.snapshot(document), Y.snapshot(together))) return undefined
  return Y.encodeStateAsUpdate(together, Y.encodeStateVector(document))
}
