import { MAX_LINK_LINES } from '../protocol/limits.ts'
import type { TechnicianLink } from './live-link.ts'
import { withStartBitrate } from './sdp.ts'

/** What of a link is needed. */
type Line = Pick<TechnicianLink, 'send' | 'on'> & {
  connection: {
    getTransceivers(): Pick<RTCRtpTransceiver, 'mid' | 'direction' | 'currentDirection'>[]
    createAnswer(): Promise<RTCSessionDescriptionInit>
    setLocalDescription(description: RTCLocalSessionDescriptionInit): Promise<void>
    setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>
  }
}

/** Lets the link carry what the customer offers, one offer after the other. What is too much, or no offer at all, gets no answer. */
export function answerOffers({ connection, send, on }: Line): void {
  let last = Promise.resolve()
  on('link-offer', ({ round, sdp }) => {
    if (countLines(sdp) > MAX_LINK_LINES) return
    last = last.then(() => answer(round, sdp)).catch(() => {})
  })

  async function answer(round: number, offered: string) {
    await connection.setRemoteDescription({ type: 'offer', sdp: offered })
    const bothWays = offeredBothWays(offered)
    for (const line of connection.getTransceivers()) {
      // A new one: whether something is sent on it is decided later, without another round.
      if (line.currentDirection === null && bothWays.has(line.mid ?? '')) line.direction = 'sendrecv'
    }
    const { sdp = '' } = await connection.createAnswer()
    await connection.setLocalDescription({ type: 'answer', sdp })
    // As at the beginning: another word on the picture would make its encoder anew.
    send({ type: 'link-answer', round, sdp: withStartBitrate(sdp) })
  }
}

function countLines(sdp: string): number {
  return sdp.match(/^m=/gm)?.length ?? 0
}

/** The lines that both sides may send on: those of a call. */
function offeredBothWays(sdp: string): ReadonlySet<string> {
  const lines = sdp.split(/(?=^m=)/m).filter((section) => /^a=sendrecv\s*$/m.test(section))
  return new Set(lines.flatMap((section) => /^a=mid:(\S+)/m.exec(section)?.[1] ?? []))
}
