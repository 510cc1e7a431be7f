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

let life: AbortController
const send = vi.fn()
beforeEach(() => {
  vi.useFakeTimers()
  life = new AbortController()
  send.mockClear()
  return () => {
    life.abort()
    vi.useRealTimers()
  }
})

/** A link on which the other side agrees, or does not. */
function link(agree = async () => {}) {
  const replaceTrack = vi.fn(async (_: MediaStreamTrack | null) => {})
  const line = { mid: '3', sender: { replaceTrack }, stop: vi.fn() }
  const addTransceiver = vi.fn(() => line)
  const share = createSoundShare()
  const begin = () => sendSound(share, { connection: { addTransceiver }, send, signal: life.signal }, { agree })
  return { share, begin, addTransceiver, replaceTrack, line }
}

const told = () => send.mock.calls.map(([{ type, state }]) => `${type} ${state.kind}`)

test('without a sound a link has no line for it, and hears nothing of it', async () => {
  const { begin, share, addTransceiver } = link()
  begin()
  share.put(undefined)
  await vi.runAllTimersAsync()
  expect(addTransceiver).not.toHaveBeenCalled()
  expect(told()).toEqual([])
})

test('the picture has the first second; then the sound has its line, once, whatever comes and goes', async () => {
  const { begin, share, addTransceiver, replaceTrack } = link()
  begin()
  const [first, second] = [aTrack(), aTrack()]
  share.put(first)
  await vi.advanceTimersByTimeAsync(900)
  expect(addTransceiver).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(told()).toEqual(['sound heard'])
  share.put(undefined)
  await vi.runAllTimersAsync()
  share.put(second)
  await vi.runAllTimersAsync()
  expect(told()).toEqual(['sound heard', 'sound silent', 'sound heard'])
  expect(addTransceiver).toHaveBeenCalledOnce()
  expect(replaceTrack.mock.calls).toEqual([[first], [null], [second]])
  expect(first.readyState).toBe('ended')
})

test('a sound that is there when a link comes up is on it', async () => {
  const { begin, share } = link()
  share.put(aTrack())
  begin()
  await vi.runAllTimersAsync()
  expect(told()).toEqual(['sound heard'])
})

test('what nobody agrees to is not sent, and the customer’s page does not say that it is heard', async () => {
  const { begin, share, line } = link(() => Promise.reject(new Error('no answer came')))
  begin()
  share.put(aTrack())
  await vi.runAllTimersAsync()
  expect(share.track).toBeUndefined()
  expect(line.stop).toHaveBeenCalledOnce()
  expect(told()).toEqual([])
})

test('a link that ends in between leaves the sound to the next one', async () => {
  const { begin, share } = link(() => Promise.reject(life.signal.reason))
  begin()
  const track = aTrack()
  share.put(track)
  await vi.advanceTimersByTimeAsync(500)
  life.abort()
  await vi.runAllTimersAsync()
  expect(share.track).toBe(track)
})

test('sound that the browser ends is over; what came before it changes nothing any more', () => {
  const share = createSoundShare()
  const [first, second] = [aTrack(), aTrack()]
  share.put(first)
  share.put(second)
  first.endByBrowser()
  expect(share.track).toBe(second)
  second.endByBrowser()
  expect(share.track).toBeUndefined()
})
