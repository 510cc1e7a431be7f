import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createScreenShare } from '../../peer/share.ts'

/** A capture as far as it is used here: Node has none. */
class Track extends EventTarget {
  contentHint = ''
  readyState = 'live'
  stop() {
    this.readyState = 'ended'
  }
  getSettings() {
    return { displaySurface: 'window' }
  }
}

let life: AbortController
/** The pickers that are open, the oldest first: each takes a picture and its sound. */
let pickers: ((picture: Track, heard: Track) => void)[]
beforeEach(() => {
  life = new AbortController()
  pickers = []
  const getDisplayMedia = () =>
    new Promise((resolve) =>
      pickers.push((picture, heard) => resolve({ getVideoTracks: () => [picture], getAudioTracks: () => [heard] })),
    )
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia } })
})
afterEach(() => {
  life.abort()
  vi.unstubAllGlobals()
})

const newShare = () => createScreenShare({ signal: life.signal })
const HELD = { kind: 'not-shared', why: 'handed-over' }

test('a picker that was opened for one technician and answered when the next attends shows nothing without a click', async () => {
  const share = newShare()
  const started = share.start('automatic')
  share.hold()
  const [picture, heard] = [new Track(), new Track()]
  pickers[0]?.(picture, heard)
  await started
  expect(share.state).toEqual(HELD)
  expect(share.track).toBeUndefined()
  expect(share.sound.track).toBeUndefined()
  expect(heard.readyState).toBe('ended')
  share.goOn()
  expect(share.state).toMatchObject({ kind: 'shared', surface: 'window' })
  expect(share.track).toBe(picture)
})

test('another surface that was picked for one technician stays held for the next', async () => {
  const share = newShare()
  const first = share.start('automatic')
  const before = new Track()
  pickers[0]?.(before, new Track())
  await first
  expect(share.state.kind).toBe('shared')
  const another = share.start('automatic')
  share.hold()
  const picked = new Track()
  pickers[1]?.(picked, new Track())
  await another
  expect(before.readyState, 'it is replaced').toBe('ended')
  expect(share.state).toEqual(HELD)
  share.setMode('speed')
  expect(share.state).toEqual(HELD)
  share.goOn()
  expect(share.track).toBe(picked)
})

test('stopped while it is held, nothing is captured, and the next choice is shown as usual', async () => {
  const share = newShare()
  const first = share.start('automatic')
  pickers[0]?.(new Track(), new Track())
  await first
  share.hold()
  share.stop()
  expect(share.state).toEqual({ kind: 'not-shared', why: 'stopped' })
  const second = share.start('automatic')
  const [picture, heard] = [new Track(), new Track()]
  pickers[1]?.(picture, heard)
  await second
  expect(share.state.kind).toBe('shared')
  expect(share.sound.track).toBe(heard)
})
