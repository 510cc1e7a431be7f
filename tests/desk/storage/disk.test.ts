import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isDiskFull, openDisk } from '../../../desk/storage/disk.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const full = () => new DOMException('no room', 'QuotaExceededError')

/** A disk with room for nothing until it gets some. */
function fullDisk() {
  let room = false
  const written: string[] = []
  return {
    disk: openDisk(),
    written,
    makeRoom() {
      room = true
    },
    write: (text: string) => async () => {
      if (!room) throw full()
      written.push(text)
    },
  }
}

test('what a full disk does not take is named, tried again by itself, and then named no more', async () => {
  const { disk, write, written, makeRoom } = fullDisk()
  await expect(disk.keep('theme', 'settings', write('dark'))).rejects.toThrow('no room')
  expect([...disk.unkept.value]).toEqual([['theme', { part: 'settings', full: true }]])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(written).toEqual([])
  makeRoom()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(written).toEqual(['dark'])
  expect(disk.unkept.value.size).toBe(0)
})

test('only the latest write of one name is tried again', async () => {
  const { disk, write, written, makeRoom } = fullDisk()
  await disk.keep('theme', 'settings', write('dark')).catch(() => {})
  await disk.keep('theme', 'settings', write('light')).catch(() => {})
  makeRoom()
  await disk.retry()
  expect(written).toEqual(['light'])
})

test('a write that succeeds takes the place of one that waits, and what is forgotten is not written any more', async () => {
  const { disk, write, written, makeRoom } = fullDisk()
  await disk.keep('theme', 'settings', write('dark')).catch(() => {})
  await disk.keep('sound', 'settings', write('on')).catch(() => {})
  disk.forget('sound')
  makeRoom()
  await disk.keep('theme', 'settings', write('light'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(written).toEqual(['light'])
})

test('a document is tried again whatever the reason, a setting only for want of room', async () => {
  const disk = openDisk()
  const fail = () => Promise.reject(new DOMException('the database was closed', 'InvalidStateError'))
  await disk.keep('room', 'documents', fail).catch(() => {})
  await disk.keep('theme', 'settings', fail).catch(() => {})
  expect([...disk.unkept.value]).toEqual([['room', { part: 'documents', full: false }]])
  disk.forget('room')
})

test('want of room is known from what the three libraries make of it', () => {
  expect(isDiskFull(full())).toBe(true)
  expect(isDiskFull(new Error(String(full())))).toBe(true)
  expect(isDiskFull(Object.assign(new Error('bulk'), { inner: full() }))).toBe(true)
  expect(isDiskFull(new Error('aborted', { cause: full() }))).toBe(true)
  expect(isDiskFull(new DOMException('gone', 'InvalidStateError'))).toBe(false)
  expect(isDiskFull('QuotaExceededError')).toBe(false)
})
