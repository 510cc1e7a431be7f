import { type DataConnection, Peer } from 'peerjs'
import { counter, PIECE, pieces } from './pieces.ts'
import { type Giving, pair, peerPort, type Taking } from './way.ts'

/** PeerJS's binary connection, given whole files as its users do: it cuts them, and waits for the channel, itself. */
export async function peerJsGiver(): Promise<Giving> {
  const connection = await connect()
  return async (files) => {
    for (const file of files) await connection.send(file)
  }
}

/** Better than by itself: it is given no more than the channel takes at once. */
export async function peerJsByHandGiver(): Promise<Giving> {
  const connection = await connect()
  return async (files) => {
    for await (const piece of pieces(files)) {
      await connection.send(piece.slice().buffer)
      await drained(connection)
    }
  }
}

async function connect(): Promise<DataConnection> {
  const connection = (await open(`giver-${pair}`)).connect(`taker-${pair}`, { reliable: true })
  await new Promise((resolve) => connection.on('open', () => resolve(undefined)))
  return connection
}

export async function peerJsTaker(): Promise<Taking> {
  const { add, until } = counter()
  const peer = await open(`taker-${pair}`)
  peer.on('connection', (connection) => {
    connection.on('data', (data) => {
      if (data instanceof Blob) add(data.size)
      else add(data instanceof ArrayBuffer ? data.byteLength : (data as Uint8Array).byteLength)
    })
  })
  return until
}

async function open(id: string): Promise<Peer> {
  const peer = new Peer(id, { host: '127.0.0.1', port: peerPort, path: '/', config: { iceServers: [] } })
  await new Promise((resolve, reject) => {
    peer.on('open', resolve)
    peer.on('error', reject)
  })
  return peer
}

async function drained({ dataChannel }: DataConnection): Promise<void> {
  if (dataChannel.bufferedAmount <= PIECE) return
  dataChannel.bufferedAmountLowThreshold = PIECE
  await new Promise((resolve) => dataChannel.addEventListener('bufferedamountlow', resolve, { once: true }))
}
