import type { CustomerLink } from './live-link.ts'
import { sleep } from './sleep.ts'

/** How long the technician's browser may take to answer, in ms. */
const PATIENCE_MS = 10_000

/** Agrees with the other side, over the link itself, on what its connection carries from now on. */
export type Negotiation = {
  /** Call it after each change of the connection's transceivers. Rejects where the other side does not agree: it is as before. */
  agree(): Promise<void>
}

/** What of a link is needed. */
type Line = Pick<CustomerLink, 'send' | 'on' | 'signal'> & {
  connection: {
    createOffer(): Promise<RTCSessionDescriptionInit>
    setLocalDescription(description: RTCLocalSessionDescriptionInit): Promise<void>
    setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>
  }
}

/** The customer offers, as for the link itself: the two cannot offer at once. */
export function openNegotiation({ connection, send, on, signal }: Line): Negotiation {
  let round = 0
  let answered: ((sdp: string) => void) | undefined
  let last = Promise.resolve()
  on('link-answer', (answer) => {
    if (answer.round === round) answered?.(answer.sdp)
  })
  return {
    agree() {
      last = last.catch(() => {}).then(offer)
      return last
    },
  }

  async function offer() {
    signal.throwIfAborted()
    round += 1
    const { promise, resolve } = Promise.withResolvers<string>()
    answered = resolve
    const { sdp = '' } = await connection.createOffer()
    await connection.setLocalDescription({ type: 'offer', sdp })
    send({ type: 'link-offer', round, sdp })
    const answer = await Promise.race([promise, sleep(PATIENCE_MS, signal).then(() => undefined)])
    answered = undefined
    signal.throwIfAborted()
    try {
      if (answer === undefined) throw new Error('no answer came')
      await connection.setRemoteDescription({ type: 'answer', sdp: answer })
    } catch (cause) {
      await connection.setLocalDescription({ type: 'rollback' })
      throw cause
    }
  }
}
