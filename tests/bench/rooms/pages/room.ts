import { signal } from '@preact/signals'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { OpenKeyring } from '../../../../desk/keys/keyring.ts'
import { type Mesh, openMesh } from '../../../../desk/rooms/mesh.ts'
import { openRoom } from '../../../../desk/rooms/room.ts'
import { openRoomMemory } from '../../../../desk/rooms/room-memory.ts'
import { type RoomKeys, roomKeys } from '../../../../desk/rooms/room-seal.ts'
import { iceServers } from '../../../../desk/server/ice-servers.ts'
import { ServerClient } from '../../../../desk/server/server.ts'
import { serverRooms } from '../../../../desk/server/server-rooms.ts'
import { openWire } from '../../../../desk/server/wire.ts'
import type { Token } from '../../../../protocol/ids.ts'
import type { RoomName } from '../../../../protocol/rooms.ts'

/** How an update gets to the other browser. */
export type Way = 'mailbox' | 'mesh' | 'y-websocket'

export type Joining = { way: Way; origin: string; token: Token; room: RoomName; keyring: OpenKeyring }

declare global {
  interface Window {
    joinRoom(joining: Joining): Promise<void>
    /** Writes a status as a technician does, so many times, with pauses in ms. @returns bytes of the updates */
    write(edits: number, pauseMs: number): Promise<number>
    /** From each edit of the other browser until it was read here, in ms. */
    latencies: number[]
    /** Whether all that was written here is with the server. */
    sent(): boolean
  }
}

const clock = () => performance.timeOrigin + performance.now()
const life = new AbortController()
let document = new Y.Doc()
let unsent = () => 0
window.latencies = []
window.sent = () => unsent() === 0

window.joinRoom = async ({ way, origin, token, room, keyring }) => {
  if (way === 'y-websocket') {
    const provider = new WebsocketProvider(origin, 'room', document, { disableBc: true })
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  } else if (way === 'mesh') {
    const keys = signal<RoomKeys | undefined>(await roomKeys(keyring, room))
    meshTo(origin, token).join(room, document, keys, life.signal)
  } else {
    const keys = signal<RoomKeys | undefined>(await roomKeys(keyring, room))
    const wire = openWire(origin, life.signal)
    const server = serverRooms(new ServerClient({ origin, token: () => token }))
    // Two browsers are two databases, and so are the two sites that these pages have.
    const memory = openRoomMemory(life.signal)
    const none: Mesh = { join: () => undefined, brought: () => false }
    const keysAreCurrent = signal(true)
    const opened = openRoom({ room, keys, keysAreCurrent, server, wire, mesh: none, memory, signal: life.signal })
    document = opened.document
    unsent = () => opened.pending.value.updates
    wire.connect(token)
    await opened.loaded
    await new Promise<void>((resolve) => {
      opened.state.subscribe(({ kind }) => {
        if (kind === 'synced') resolve()
      })
    })
  }
  document.getMap<{ at: number }>('tickets').observe((event, { local }) => {
    if (local) return
    for (const key of event.keysChanged) {
      const entry = event.target.get(key)
      if (entry) window.latencies.push(clock() - entry.at)
    }
  })
}

function meshTo(origin: string, token: Token): Mesh {
  const wire = openWire(origin, life.signal)
  wire.connect(token)
  const server = new ServerClient({ origin, token: () => token })
  return openMesh({ origin, token: () => token, wire, ice: iceServers(server, life.signal), signal: life.signal })
}

window.write = async (edits, pauseMs) => {
  const map = document.getMap<object>('tickets')
  let bytes = 0
  document.on('update', (update: Uint8Array) => {
    bytes += update.byteLength
  })
  for (let n = 0; n < edits; n++) {
    map.set(`ticket ${n % 100}`, { at: clock(), name: 'Rosa Lima', request: 'The scanner hums', priority: 'normal' })
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return bytes
}
