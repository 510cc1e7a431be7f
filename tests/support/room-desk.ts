import { signal } from '@preact/signals'
import { expect, vi } from 'vitest'
import * as Y from 'yjs'
import type { OpenKeyring } from '../../desk/keys/keyring.ts'
import { openMailbox } from '../../desk/rooms/mailbox.ts'
import type { RoomMemory, RoomRecord } from '../../desk/rooms/room-memory.ts'
import { type RoomKeys, roomKeys } from '../../desk/rooms/room-seal.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { serverRooms } from '../../desk/server/server-rooms.ts'
import { openWire } from '../../desk/server/wire.ts'
import type { SignedIn } from '../../protocol/account.ts'
import type { RoomName } from '../../protocol/rooms.ts'

/** Desks as far as one room goes, without a browser: the product's own mailbox and socket against a real server. */

/** What a browser keeps while its desk is closed. */
export type Kept = { document: Y.Doc; memory: RoomMemory; records: Map<RoomName, RoomRecord>; unsent: Set<RoomName> }

export function newBrowser(): Kept {
  const records = new Map<RoomName, RoomRecord>()
  const unsent = new Set<RoomName>()
  const memory: RoomMemory = {
    read: async (room) => records.get(room),
    async write(record) {
      records.set(record.room, record)
      unsent.delete(record.room)
    },
    markUnsent: async (room) => void unsent.add(room),
    unsent: async () => [...unsent],
    markSent: async (room) => void unsent.delete(room),
    async forget(room) {
      records.delete(room)
      unsent.delete(room)
    },
  }
  return { document: new Y.Doc(), memory, records, unsent }
}

type Place = { url: string; room: RoomName }

/** An open desk of one technician, as far as one room goes. */
export async function openRoomDesk(
  { url, room }: Place,
  { token }: Pick<SignedIn, 'token'>,
  keyring: OpenKeyring | undefined,
  life: AbortSignal,
  kept: Kept = newBrowser(),
) {
  const own = new AbortController()
  const until = AbortSignal.any([life, own.signal])
  const wire = openWire(url, until)
  const keys = signal<RoomKeys | undefined>(keyring && (await roomKeys(keyring, room)))
  const keysAreCurrent = signal(true)
  const { document, memory } = kept
  const server = serverRooms(new ServerClient({ origin: url, token: () => token }))
  const compact = { after: 20, withinMs: 10 }
  const mailbox = openMailbox({
    room,
    document,
    loaded: Promise.resolve(),
    keys,
    keysAreCurrent,
    server,
    wire,
    memory,
    signal: until,
    compact,
  })
  wire.connect(token)
  return {
    ...mailbox,
    kept,
    keys,
    keysAreCurrent,
    wire,
    map: document.getMap<unknown>('tickets'),
    list: document.getArray<unknown>('history'),
    close: () => own.abort(),
    settled: () =>
      vi.waitFor(() => expect([mailbox.state.value.kind, mailbox.pending.value.updates]).toEqual(['synced', 0]), {
        timeout: 10_000,
      }),
    is: (kind: string) => vi.waitFor(() => expect(mailbox.state.value.kind).toBe(kind), { timeout: 10_000 }),
  }
}
export type RoomDesk = Awaited<ReturnType<typeof openRoomDesk>>

/** Resolves once both have the same document, to the last deletion. */
export const same = (one: RoomDesk, two: RoomDesk): Promise<void> =>
  vi.waitFor(
    () => {
      expect(one.kept.document.toJSON()).toEqual(two.kept.document.toJSON())
      expect(Y.encodeStateVector(one.kept.document)).toEqual(Y.encodeStateVector(two.kept.document))
    },
    { timeout: 15_000 },
  )
