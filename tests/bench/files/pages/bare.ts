import { connect, signal } from '../../bare-connection.ts'
import { counter, PIECE, pieces } from './pieces.ts'
import type { Giving, Taking } from './way.ts'

/** A plain channel with the settings that proved best: pieces of 64 KiB, and no more than that waiting in the browser. */

export async function bareGiver(socket: WebSocket): Promise<Giving> {
  const connection = connect(socket)
  const channel = connection.createDataChannel('files')
  channel.bufferedAmountLowThreshold = PIECE
  await connection.setLocalDescription()
  signal(socket, connection.localDescription)
  await new Promise((resolve) => channel.addEventListener('open', resolve, { once: true }))
  return async (files) => {
    for await (const piece of pieces(files)) {
      channel.send(piece)
      if (channel.bufferedAmount <= PIECE) continue
      await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }))
    }
  }
}

export async function bareTaker(socket: WebSocket): Promise<Taking> {
  const connection = connect(socket)
  const { add, until } = counter()
  const opened = new Promise<RTCDataChannel>((resolve) => {
    connection.ondatachannel = ({ channel }) => resolve(channel)
  })
  void opened.then((channel) => {
    channel.binaryType = 'arraybuffer'
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => add(data.byteLength)
  })
  return until
}
