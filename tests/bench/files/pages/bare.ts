import { counter, PIECE, pieces } from './pieces.ts'
import type { Giving, Taking } from './way.ts'

/** A plain channel with the settings that proved best: pieces of 64 KiB, and no more than that waiting in the browser. */

type BareSignal = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit }

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

function connect(socket: WebSocket): RTCPeerConnection {
  const connection = new RTCPeerConnection()
  connection.onicecandidate = ({ candidate }) => signal(socket, candidate)
  socket.onmessage = async ({ data }: MessageEvent<string>) => {
    const received: BareSignal = JSON.parse(data)
    if ('candidate' in received) return connection.addIceCandidate(received.candidate)
    await connection.setRemoteDescription(received.description)
    if (received.description.type !== 'offer') return
    await connection.setLocalDescription()
    signal(socket, connection.localDescription)
  }
  return connection
}

function signal(socket: WebSocket, what: RTCSessionDescription | RTCIceCandidate | null): void {
  if (!what) return
  const travels: BareSignal = 'sdp' in what ? { description: what.toJSON() } : { candidate: what.toJSON() }
  socket.send(JSON.stringify(travels))
}
