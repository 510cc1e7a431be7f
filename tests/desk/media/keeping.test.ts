import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepForDays } from '../../../desk/media/keeping.ts'
import type { MediaItem } from '../../../desk/media/media-item.ts'
import type { TechnicianId, TicketId } from '../../../protocol/ids.ts'
import type { MediaId } from '../../../protocol/media.ts'
import type { MediaStoreReply } from '../../../protocol/media-store.ts'

const DAY = 86_400_000
const NOW = 1_800_000_000_000

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

/** Made so many days ago, by this computer's clock. */
function image(name: string, days: number, state: MediaItem['state'] = { kind: 'kept' }): MediaItem {
  const about = { ticket: 't'.repeat(22) as TicketId, technician: 'a'.repeat(22) as TechnicianId }
  const size = { type: 'image/png', bytes: 10, width: 1, height: 1 }
  return { id: name.repeat(22) as MediaId, ...about, ...size, kind: 'snapshot', number: 1, at: NOW - days * DAY, state }
}

/** A browser with these, and a server whose clock says `serverNow`. */
function browserWith(images: readonly MediaItem[], serverNow = NOW) {
  const items = signal<ReadonlyMap<MediaId, MediaItem>>(new Map(images.map((one) => [one.id, one])))
  const latest = signal<MediaStoreReply | undefined>(undefined)
  const told: number[] = []
  let refuses = 0
  const life = new AbortController()
  const refresh = vi.fn(async () => {})
  keepForDays({
    media: {
      items,
      loaded: Promise.resolve(),
      async expire({ id }) {
        items.value = new Map([...items.peek()].filter(([other]) => other !== id))
      },
    },
    store: { latest, answered: signal(true), refusal: signal(undefined), refresh },
    server: {
      async expired({ count }) {
        if (refuses-- > 0) throw new Error('not reached')
        told.push(count)
      },
    },
    signal: life.signal,
  })
  return {
    told,
    refresh,
    refuse: (times: number) => {
      refuses = times
    },
    add: (one: MediaItem) => {
      items.value = new Map(items.peek()).set(one.id, one)
    },
    async answer(days: number | null) {
      const kept = days === null ? null : { days, from: serverNow - days * DAY }
      latest.value = { on: false, quotaBytes: 1, usedBytes: 0, kept }
      await vi.advanceTimersByTimeAsync(0)
      return [...items.peek().keys()].map((id) => id[0])
    },
  }
}

test('L7 what is older than the days goes, and is told once; what runs still, and what is younger, stays', async () => {
  const browser = browserWith([image('o', 31), image('p', 40), image('y', 29), image('r', 50, { kind: 'unfinished' })])
  expect(await browser.answer(null)).toEqual(['o', 'p', 'y', 'r'])
  expect(await browser.answer(30)).toEqual(['y', 'r'])
  expect(browser.told).toEqual([2])
  // A copy that was fetched from a browser that has not heard of it.
  browser.add(image('c', 35))
  expect(await browser.answer(30)).toEqual(['y', 'r'])
  expect(browser.told).toEqual([2, 1])
})

test('L7 what could not be told is told with the next', async () => {
  const browser = browserWith([image('o', 31)])
  browser.refuse(1)
  expect(await browser.answer(30)).toEqual([])
  expect(browser.told).toEqual([])
  browser.add(image('p', 33))
  expect(await browser.answer(30)).toEqual([])
  expect(browser.told).toEqual([2])
})

test('L7 a computer’s clock that is years ahead deletes nothing, and one that is behind does not lose what it makes', async () => {
  const ahead = browserWith([image('n', 1_000)], NOW - 1_000 * DAY)
  expect(await ahead.answer(30)).toEqual(['n'])
  const behind = browserWith([image('n', 0), image('o', 31)], NOW + 1_000 * DAY)
  expect(await behind.answer(30)).toEqual(['n'])
})

test('L7 a desk that stays open asks again, since the days go on', async () => {
  const browser = browserWith([])
  await vi.advanceTimersByTimeAsync(3 * 3_600_000)
  expect(browser.refresh).toHaveBeenCalledTimes(3)
})
