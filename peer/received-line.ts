/** The end of one line of a link. The other side may name any line: only one that carries this kind is one. */
export function receivedLine(
  connection: Pick<RTCPeerConnection, 'getTransceivers'>,
  mid: string,
  kind: 'audio' | 'video',
): RTCRtpReceiver | undefined {
  const receiver = connection.getTransceivers().find((line) => line.mid === mid)?.receiver
  return receiver?.track.kind === kind ? receiver : undefined
}
