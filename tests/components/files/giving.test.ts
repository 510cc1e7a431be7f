import { expect, test, vi } from 'vitest'
import { createGiving } from '../../../components/files/giving.ts'
import type { Given } from '../../../peer/files/source.ts'

type Read = (entries: FileSystemEntry[]) => void

/** A folder of so many files that is dropped; `answer` lets the browser give its next part. */
function dropped(name: string, count: number) {
  const waiting: Read[] = []
  const file = (index: number) => ({
    isFile: true,
    name: `${index}`,
    file: (got: (file: File) => void) => got(new File(['x'], `${index}`)),
  })
  let left = count
  const reader = { readEntries: (got: Read) => void waiting.push(got) }
  const entry = { isFile: false, isDirectory: true, name, createReader: () => reader }
  const transfer = { items: [{ kind: 'file', webkitGetAsEntry: () => entry }], files: [] }
  async function answer() {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    const some = Array.from({ length: Math.min(100, left) }, (_, index) => file(left - index) as never)
    left -= some.length
    waiting.shift()?.(some)
  }
  return { transfer: transfer as never, answer }
}

function giving() {
  const sent: Given[] = []
  const made = createGiving({
    send(files, { folders = [] } = {}) {
      sent.push({ files, folders })
      return undefined
    },
  })
  return { ...made, sent }
}

test('S12 what is dropped is read with its count in sight, and offered when all of it is there', async () => {
  const { take, reading, sent } = giving()
  const { transfer, answer } = dropped('many', 150)
  take(transfer)
  await answer()
  await vi.waitFor(() => expect(reading.value).toBe(100))
  expect(sent).toEqual([])
  await answer()
  await answer()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.files).toHaveLength(150)
  await vi.waitFor(() => expect(reading.value).toBeUndefined())
})

test('S12 what is cancelled while it is read is not offered, and is no problem', async () => {
  const { take, cancel, reading, problem, sent } = giving()
  const first = dropped('one', 150)
  const second = dropped('two', 50)
  take(first.transfer)
  take(second.transfer)
  await first.answer()
  await second.answer()
  await vi.waitFor(() => expect(reading.value).toBe(150))
  cancel()
  expect(reading.value).toBeUndefined()
  await Promise.all([first.answer(), second.answer()])
  await new Promise((done) => setTimeout(done, 50))
  expect(sent).toEqual([])
  expect(problem.value).toBeUndefined()
})

test('S12 a folder with nothing but empty folders in it says so', async () => {
  const { take, problem, sent } = giving()
  const { transfer, answer } = dropped('empty', 0)
  take(transfer)
  await answer()
  await vi.waitFor(() => expect(problem.value).toBe('empty'))
  expect(sent).toEqual([])
})
