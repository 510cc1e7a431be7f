/** A plain RTCPeerConnection with default settings, whose trickling signals travel over a socket: what stands beside ours in benches. */

type BareSignal = { description: RTCSessionDescriptionInit } | { candidate: RTCIceCandidateInit }

export function connect(socket: WebSocket): RTCPeerConnection {
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

export function signal(socket: WebSocket, what: RTCSessionDescription | RTCIceCandidate | null): void {
  if (!what) return
  const travels: BareSignal = 'sdp' in what ? { description: what.toJSON() } : { candidate: what.toJSON() }
  socket.send(JSON.stringify(travels))
}
