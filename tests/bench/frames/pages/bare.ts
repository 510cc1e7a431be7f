import { connect, signal } from '../../bare-connection.ts'

/** What a page does without us: a plain RTCPeerConnection with default settings, made when there is something to show, trickling. */

/** @returns what the person's click on "Share my screen" does. */
export function bareSender(socket: WebSocket): () => Promise<void> {
  return async () => {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true })
    const connection = connect(socket)
    for (const track of stream.getTracks()) connection.addTrack(track, stream)
    await connection.setLocalDescription()
    signal(socket, connection.localDescription)
  }
}

export function bareReceiver(socket: WebSocket, onStream: (stream: MediaStream) => void): void {
  connect(socket).ontrack = ({ streams: [stream] }) => {
    if (stream) onStream(stream)
  }
}
