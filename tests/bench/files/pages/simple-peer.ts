import SimplePeer from 'simple-peer'
import { counter, pieces } from './pieces.ts'
import type { Giving, Taking } from './way.ts'

/** simple-peer's own stream, written to as its callback says. */

export async function simplePeerGiver(socket: WebSocket): Promise<Giving> {
  const peer = connect(socket, true)
  await new Promise((resolve) => peer.once('connect', () => resolve(undefined)))
  return async (files) => {
    for await (const piece of pieces(files)) {
      await new Promise<void>((resolve, reject) => {
        peer.write(piece, (error) => (error ? reject(error) : resolve()))
      })
    }
  }
}

export async function simplePeerTaker(socket: WebSocket): Promise<Taking> {
  const peer = connect(socket, false)
  const { add, until } = counter()
  peer.on('data', (data: Uint8Array) => add(data.byteLength))
  return until
}

function connect(socket: WebSocket, initiator: boolean): SimplePeer.Instance {
  const peer = new SimplePeer({ initiator, config: { iceServers: [] } })
  peer.on('signal', (data) => socket.send(JSON.stringify(data)))
  socket.onmessage = ({ data }: MessageEvent<string>) => peer.signal(data)
  return peer
}
