import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { randomId } from '../../peer/random-id.ts'
import { createScreenShare } from '../../peer/share.ts'
import { ConsentId } from '../../protocol/consent.ts'

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

/** A share with this many screens beside the first. */
async function several(beside: number) {
  const share = newShare()
  const pictures = [new Track()]
  const started = share.start('quality')
  pickers[0]?.(pictures[0] as Track, new Track())
  await started
  for (let at = 1; at <= beside; at += 1) {
    const picture = new Track()
    pictures.push(picture)
    const added = share.further.add(() => v.parse(ConsentId, randomId()))
    pickers[at]?.(picture, new Track())
    await added
  }
  return { share, pictures }
}

test('taken away alone, the first gives its place to the next, which keeps its number', async () => {
  const { share, pictures } = await several(2)
  share.stopFirst()
  expect(pictures.map(({ readyState }) => readyState)).toEqual(['ended', 'live', 'live'])
  expect(share.state).toMatchObject({ kind: 'shared', number: 2, mode: 'quality' })
  expect(share.track).toBe(pictures[1])
  expect(share.sound.track).toBeUndefined()
  expect(share.further.list.map(({ number }) => number)).toEqual([3])
  // The next one to come has a number that nobody had.
  const added = share.further.add(() => v.parse(ConsentId, randomId()))
  pickers[3]?.(new Track(), new Track())
  await added
  expect(share.further.list.map(({ number }) => number)).toEqual([3, 4])
  // Now it is the first, and all end with it.
  pictures[1]?.dispatchEvent(new Event('ended'))
  expect(share.state).toEqual({ kind: 'not-shared', why: 'stopped-in-browser' })
  expect(share.further.list).toEqual([])
})

test('the only one that is taken away ends it', async () => {
  const { share, pictures } = await several(0)
  share.stopFirst()
  expect(share.state).toEqual({ kind: 'not-shared', why: 'stopped' })
  expect(pictures[0]?.readyState).toBe('ended')
})
