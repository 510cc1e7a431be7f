import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerOffers } from '../../peer/answer-offers.ts'
import { openNegotiation } from '../../peer/negotiate.ts'
import { MAX_LINK_LINES } from '../../protocol/limits.ts'
import { linkPair } from './link-pair.ts'

let life: AbortController
beforeEach(() => {
  vi.useFakeTimers()
  life = new AbortController()
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

/** A browser's connection that notes what is set; the other side of the tests with real ones is in `tests/browser/sound.test.ts`. */
function connection(sdp: string) {
  const set: string[] = []
  const note = (side: string) => async (description: RTCLocalSessionDescriptionInit) =>
    void set.push(`${side} ${description.type}`)
  const made = (type: 'offer' | 'answer') => async (): Promise<RTCSessionDescriptionInit> => ({ type, sdp })
  return {
    set,
    createOffer: vi.fn(made('offer')),
    getTransceivers: (): Pick<RTCRtpTransceiver, 'mid' | 'direction' | 'currentDirection'>[] => [],
    createAnswer: made('answer'),
    setLocalDescription: note('own'),
    setRemoteDescription: note('their'),
  }
}

const SDP = 'v=0\r\nm=video 9\r\nm=application 9\r\nm=audio 9\r\n'

test('the customer offers over the link, the technician’s browser answers, one offer after the other', async () => {
  const { technician, customer } = linkPair(life.signal)
  const [page, desk] = [connection(SDP), connection(SDP)]
  answerOffers({ ...technician, connection: desk })
  const { agree } = openNegotiation({ ...customer, connection: page })
  await Promise.all([agree(), agree()])
  expect(page.set).toEqual(['own offer', 'their answer', 'own offer', 'their answer'])
  expect(desk.set).toEqual(['their offer', 'own answer', 'their offer', 'own answer'])
})

test('an offer of more lines than a link may have is not answered, and the page’s connection is as before', async () => {
  const { technician, customer } = linkPair(life.signal)
  const [page, desk] = [connection(SDP + 'm=audio 9\r\n'.repeat(MAX_LINK_LINES)), connection(SDP)]
  answerOffers({ ...technician, connection: desk })
  const agreed = expect(openNegotiation({ ...customer, connection: page }).agree()).rejects.toThrow('no answer')
  await vi.runAllTimersAsync()
  await agreed
  expect(desk.set).toEqual([])
  expect(page.set).toEqual(['own offer', 'own rollback'])
})

test('an answer that comes too late, or that nobody asked for, is let go', async () => {
  const { technician, customer } = linkPair(life.signal)
  const page = connection(SDP)
  const { agree } = openNegotiation({ ...customer, connection: page })
  technician.send({ type: 'link-answer', round: 0, sdp: SDP })
  const first = expect(agree()).rejects.toThrow('no answer')
  await vi.runAllTimersAsync()
  await first
  const second = agree()
  await vi.advanceTimersByTimeAsync(0)
  technician.send({ type: 'link-answer', round: 1, sdp: SDP })
  expect(page.set).toEqual(['own offer', 'own rollback', 'own offer'])
  technician.send({ type: 'link-answer', round: 2, sdp: SDP })
  await second
  expect(page.set.at(-1)).toBe('their answer')
})

test('a desk that cannot take one offer takes the next', async () => {
  const { technician, customer } = linkPair(life.signal)
  const desk = connection(SDP)
  const take = desk.setRemoteDescription
  desk.setRemoteDescription = vi.fn(take).mockRejectedValueOnce(new Error('no description'))
  answerOffers({ ...technician, connection: desk })
  const answers: number[] = []
  customer.on('link-answer', ({ round }) => void answers.push(round))
  customer.send({ type: 'link-offer', round: 1, sdp: 'nonsense' })
  customer.send({ type: 'link-offer', round: 2, sdp: SDP })
  await vi.runAllTimersAsync()
  expect(answers).toEqual([2])
})

test('of new lines, those that go both ways are answered so; those of a screen, and those that are there, stay as they are', async () => {
  const { technician, customer } = linkPair(life.signal)
  type Line = Pick<RTCRtpTransceiver, 'mid' | 'direction' | 'currentDirection'>
  const line = (mid: string, currentDirection: Line['currentDirection']): Line => ({
    mid,
    direction: 'recvonly',
    currentDirection,
  })
  const lines = [line('0', 'recvonly'), line('1', null), line('2', null)]
  const desk = { ...connection(SDP), getTransceivers: () => lines }
  answerOffers({ ...technician, connection: desk })
  const section = (mid: string, way: string) => `m=video 9\r\na=mid:${mid}\r\na=${way}\r\n`
  const sdp = `v=0\r\n${section('0', 'sendrecv')}${section('1', 'sendonly')}${section('2', 'sendrecv')}`
  customer.send({ type: 'link-offer', round: 1, sdp })
  await vi.runAllTimersAsync()
  expect(lines.map(({ direction }) => direction)).toEqual(['recvonly', 'recvonly', 'sendrecv'])
})
