import { effect, type ReadonlySignal } from '@preact/signals'
import { unsubscribe } from 'lib0/broadcastchannel'
import * as v from 'valibot'
import { Room as MeshRoom, type SignalingConn, WebrtcProvider } from 'y-webrtc'
import type * as Y from 'yjs'
import type { IceServers } from '../../peer/ice-servers.ts'
import type { Token } from '../../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { type MeshHello, MeshToTechnician } from '../../protocol/mesh.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import type { Wire } from '../server/wire.ts'
import { guardPeers } from './mesh-guard.ts'
import type { RoomKeys } from './room-seal.ts'

/** The short way between the browsers of technicians who have the same room open. Everything arrives without it too. */
export type Mesh = {
  join(room: RoomName, document: Y.Doc, keys: ReadonlySignal<RoomKeys | undefined>, until: AbortSignal): void
  /** Whether a change of a document came this way. */
  brought(origin: unknown): boolean
}

type Parts = {
  /** Of the server, without a slash at the end. */
  origin: string
  token(): Token
  wire: Pick<Wire, 'connection'>
  ice: IceServers
  signal: AbortSignal
}

/** y-webrtc knows a room once in a page: the next one waits until the one before is closed. */
const closing = new Map<RoomName, Promise<void>>()

export function openMesh({ origin, token, wire, ice, signal }: Parts): Mesh {
  const url = `${origin.replace(/^http/, 'ws')}/api/mesh`
  /** Each new connection to a peer reads it anew. */
  const peerOpts: { config: { iceServers: RTCIceServer[] } } = { config: { iceServers: [] } }
  const greeted = new Set<SignalingConn>()
  const stop = effect(() => {
    if (wire.connection.value.kind !== 'open') return
    void ice().then(({ iceServers }) => {
      peerOpts.config = { iceServers }
    })
    for (const connection of greeted) {
      if (connection.providers.size > 0) connection.connect()
      else greeted.delete(connection)
    }
  })
  signal.addEventListener('abort', stop, { once: true })

  /** Says who one is, on each connection. */
  function greet(connection: SignalingConn) {
    if (greeted.has(connection)) return
    greeted.add(connection)
    const hello = (): MeshHello => ({ type: 'hello', version: PROTOCOL_VERSION, token: token() })
    connection.on('connect', () => connection.send(hello()))
    connection.on('message', (message: unknown) => {
      // It would come back at once and for ever; the next time that the desk itself is let in is early enough.
      if (isRefusedHello(message)) connection.disconnect()
    })
  }

  async function enter(room: RoomName, document: Y.Doc, password: string, life: AbortSignal) {
    await closing.get(room)
    if (life.aborted) return
    const provider = new WebrtcProvider(room, document, { signaling: [url], password, peerOpts })
    for (const connection of provider.signalingConns) greet(connection)
    // Its room is there with its key, and has no peers before both.
    void Promise.resolve(provider.key).then(() => {
      if (!provider.room) return
      guardPeers(provider.room)
      leaveOwnBrowser(provider.room)
    })
    life.addEventListener('abort', () => {
      provider.destroy()
      // Its room goes once its key is there.
      const closed = Promise.resolve(provider.key).then(() => {
        provider.disconnect()
        if (closing.get(room) === closed) closing.delete(room)
      })
      closing.set(room, closed)
    })
  }

  return {
    join(room, document, keys, until) {
      let current: { password: string; life: AbortController } | undefined
      const stopKeys = effect(() => {
        const password = keys.value?.meshPassword
        if (password === current?.password) return
        current?.life.abort()
        current = undefined
        if (password === undefined || until.aborted) return
        const life = new AbortController()
        current = { password, life }
        void enter(room, document, password, AbortSignal.any([until, life.signal]))
      })
      until.addEventListener('abort', stopKeys, { once: true })
    },
    brought: (from) => from instanceof MeshRoom,
  }
}

/**
 * One desk of a browser leads, so that there is nobody else in it to talk to; y-webrtc would seal each change, open it again and apply
 * it once more to the same document.
 */
function leaveOwnBrowser(room: MeshRoom) {
  unsubscribe(room.name, room._bcSubscriber)
  room.bcconnected = false
}

function isRefusedHello(message: unknown): boolean {
  const read = v.safeParse(MeshToTechnician, message)
  return read.success && read.output.type === 'refused' && read.output.refusal.about === 'hello'
}
