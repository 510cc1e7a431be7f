import type { Server } from '../children.ts'
import { type Client, messageOf, type Seat, seats } from '../seats.ts'

/** A server to measure: the script to run, which listens on `PORT`, and how its clients talk. */
export type Peer = {
  name: string
  script: URL
  env: Record<string, string>
  /** Whatever has to exist before clients can connect is made here, outside the measured time. */
  seats(server: Server, rooms: number): Seat[] | Promise<Seat[]>
}

export const bareWs: Peer = {
  name: 'bare ws',
  script: new URL('./bare-ws-server.ts', import.meta.url),
  env: {},
  seats: ({ port }, rooms) =>
    roomsOf(rooms, (room) => ({
      url: `ws://127.0.0.1:${port}/${room}`,
      opening: [],
      message: messageOf((data) => ({ data })),
    })),
}

/** Sends every message to the sender too, as its clients expect. */
export const yWebrtc: Peer = {
  name: 'y-webrtc',
  script: new URL('../../../../node_modules/y-webrtc/bin/server.js', import.meta.url),
  env: {},
  seats: ({ port }, rooms) =>
    roomsOf(rooms, (room) => ({
      url: `ws://127.0.0.1:${port}/`,
      opening: [JSON.stringify({ type: 'subscribe', topics: [`room${room}`] }), JSON.stringify({ type: 'ping' })],
      welcome: '"pong"',
      message: messageOf((data) => ({ type: 'publish', topic: `room${room}`, data })),
    })),
}

export const peerJs: Peer = {
  name: 'PeerJS',
  script: new URL('./peerjs-server.ts', import.meta.url),
  env: {},
  seats: ({ port }, rooms) =>
    roomsOf(rooms, (room, side) => ({
      url: `ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${room}-${side}&token=t${room}`,
      opening: [],
      welcome: '"OPEN"',
      message: messageOf((payload) => ({ type: 'OFFER', dst: `${room}-${side === 'a' ? 'b' : 'a'}`, payload })),
    })),
}

function roomsOf(count: number, client: (room: number, side: 'a' | 'b') => Client): Seat[] {
  return seats(Array.from({ length: count }, (_, room) => ({ a: client(room, 'a'), b: client(room, 'b') })))
}
