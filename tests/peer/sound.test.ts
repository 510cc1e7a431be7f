import { beforeEach, expect, test, vi } from 'vitest'
import { sendSound } from '../../peer/send-sound.ts'
import { createSoundShare } from '../../peer/sound-share.ts'

/** Of a capture, as far as a share has to do with it: Node has none. */
class Track extends EventTarget {
  contentHint = ''
  readyState = 'live'
  stop() {
    this.readyState = 'ended'
  }
  /** By the browser's own bar: only then is it told. */
  endByBrowser() {
    this.stop()
    this.dispatchEvent(new Event('ended'))
  }
}
const aTrack = () => new Track() as Track & MediaStreamTrack

const life = new AbortController()
const sent = vi.fn()
let inPlace: (MediaStreamTrack | null)[]

const PARAMETERS = { transactionId: '1', codecs: [], headerExtensions: [], rtcp: {} }

/** The line of a link; each one replaces its track a moment later. */
function line(broken = false) {
  const sender = {
    getParameters: () => ({ ...PARAMETERS, encodings: [{}] }),
    setParameters: vi.fn(async (_: RTCRtpSendParameters) => {}),
    async replaceTrack(track: MediaStreamTrack | null) {
      if (broken) throw new DOMException('closed', 'InvalidStateError')
      inPlace.push(track)
    },
  }
  return { sender, link: { audio: { sender }, send: sent, signal: life.signal } }
}

beforeEach(() => {
  sent.mockClear()
  inPlace = []
})

test('a new link is told how it is, and each change; the track is in place before the next one', async () => {
  const share = createSoundShare()
  const { sender, link } = line()
  sendSound(share, link)
  const [first, second] = [aTrack(), aTrack()]
  share.put(first)
  share.put(second)
  share.put(undefined)
  await vi.waitFor(() => expect(inPlace).toEqual([null, first, second, null]))
  expect(sent.mock.calls.map(([{ type, state }]) => `${type} ${state.kind}`)).toEqual([
    'sound silent',
    'sound heard',
    'sound heard',
    'sound silent',
  ])
  expect([first.readyState, second.readyState]).toEqual(['ended', 'ended'])
  expect(sender.setParameters).toHaveBeenCalledWith({ ...PARAMETERS, encodings: [{ maxBitrate: 64_000 }] })
})

test('sound that the browser ends is over; what came before it changes nothing any more', () => {
  const share = createSoundShare()
  const [first, second] = [aTrack(), aTrack()]
  share.put(first)
  share.put(second)
  first.endByBrowser()
  expect(share.track).toBe(second)
  second.endByBrowser()
  expect(share.state).toEqual({ kind: 'silent' })
})

test('a connection that is gone is no failure of the sound', async () => {
  const share = createSoundShare()
  sendSound(share, line(true).link)
  share.put(aTrack())
  await new Promise((resolve) => setTimeout(resolve))
  expect(share.state.kind).toBe('heard')
})
