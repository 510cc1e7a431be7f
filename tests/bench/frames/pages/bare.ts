/** What a page does without us: a plain RTCPeerConnection with default settings, made when there is something to show, trickling. */

type BareSignal = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit }

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
