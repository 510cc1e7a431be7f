import { expect, test, vi } from 'vitest'
import { createFurtherScreens } from '../../peer/further-screens.ts'
import { randomId } from '../../peer/random-id.ts'

/** A capture as far as it is used here. */
class Track extends EventTarget {
  contentHint = ''
  readonly stop = vi.fn()
}
const track = () => new Track() as Track & MediaStreamTrack

function screens() {
  const tracks: MediaStreamTrack[] = []
  const now = { first: true, cancelled: false, picked: Promise.resolve() }
  const further = createFurtherScreens({
    async capture() {
      await now.picked
      if (now.cancelled) throw new DOMException('no', 'NotAllowedError')
      const picked = track()
      tracks.push(picked)
      return { track: picked, surface: 'window' }
    },
    open: () => now.first,
  })
  const grant = vi.fn(() => randomId() as never)
  return { further, tracks, now, grant, numbers: () => further.list.map(({ number }) => number) }
}

test('screens are numbered after the first, up to the limit, and no number comes twice', async () => {
  const { further, grant, numbers, tracks } = screens()
  for (let times = 0; times < 5; times += 1) await further.add(grant)
  expect(numbers()).toEqual([2, 3, 4])
  expect(tracks).toHaveLength(3)
  const [second] = further.list
  if (second) further.remove(second.id)
  expect(second?.track.stop).toHaveBeenCalled()
  await further.add(grant)
  expect(numbers()).toEqual([3, 4, 5])
  further.list[0]?.track.dispatchEvent(new Event('ended'))
  expect(numbers()).toEqual([4, 5])
})

test('a cancelled picker changes nothing, and without a first screen there is no other', async () => {
  const { further, grant, numbers, now } = screens()
  await further.add(grant)
  now.cancelled = true
  await further.add(grant)
  now.first = false
  now.cancelled = false
  await further.add(grant)
  expect(numbers()).toEqual([2])
  expect(grant).toHaveBeenCalledTimes(1)
})

test('what is held is shown to nobody, and granted anew to the next', async () => {
  const { further, grant, numbers } = screens()
  await further.add(grant)
  const before = further.list[0]?.id
  further.hold()
  expect(numbers()).toEqual([])
  further.goOn(grant)
  expect(numbers()).toEqual([2])
  expect(further.list[0]?.id).not.toBe(before)
  further.end()
  expect(numbers()).toEqual([])
})

test.each(['hold', 'end'] as const)(
  'a picker that was opened before a %s shows nothing to whoever is there after it',
  async (meanwhile) => {
    const { further, grant, numbers, now, tracks } = screens()
    const { promise, resolve } = Promise.withResolvers<void>()
    now.picked = promise
    const adding = further.add(grant)
    further[meanwhile]()
    further.goOn(grant)
    resolve()
    await adding
    expect(numbers()).toEqual([])
    expect(grant).not.toHaveBeenCalled()
    expect(tracks[0]?.stop).toHaveBeenCalled()
  },
)

test('what nobody can write down is not shown on', async () => {
  const { further, grant, tracks } = screens()
  await further.add(grant)
  further.hold()
  further.goOn(() => undefined)
  expect(further.list).toEqual([])
  expect(tracks[0]?.stop).toHaveBeenCalled()
})
