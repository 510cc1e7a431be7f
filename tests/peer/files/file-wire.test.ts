import { afterEach, beforeEach, expect, test } from 'vitest'
import type { openFileLink } from '../../../peer/files/file-link.ts'
import type { FileMessage } from '../../../peer/files/files-link.ts'
import { limitsOf } from '../../../peer/files/limits.ts'
import { createTransfers } from '../../../peer/files/transfers.ts'
import { silentConnection } from '../../support/silent-connection.ts'
import { memoryFile } from './memory-files.ts'

type Stands = { frames: number; signal: AbortSignal; lose(): void }
let life: AbortController
let links: Stands[]
beforeEach(() => {
  life = new AbortController()
  links = []
})
afterEach(() => life.abort())

/** A connection that stands at once, as Node has none. */
const dial: typeof openFileLink = async ({ onOpen, signal }) => {
  const own = new AbortController()
  const alive = AbortSignal.any([signal, own.signal])
  const link: Stands = { frames: 0, signal: alive, lose: () => own.abort() }
  links.push(link)
  await Promise.resolve()
  onOpen({
    signal: alive,
    channel: {
      send() {},
      async sendFrame() {
        alive.throwIfAborted()
        link.frames += 1
      },
    },
  })
}

/** A customer's page, and links to whoever attends. */
function page() {
  const transfers = createTransfers(
    'customer',
    limitsOf(() => ({ largest: null, refused: [] })),
    life.signal,
    dial,
  )
  const said: FileMessage[] = []
  let link = new AbortController()
  function join() {
    link = new AbortController()
    return transfers.attach({
      connection: silentConnection,
      signal: link.signal,
      send: (message) => void said.push(message),
    })
  }
  function send(read: ReturnType<typeof join>) {
    transfers.send([memoryFile('a', 1000)])
    answer(read)
  }
  function answer(read: ReturnType<typeof join>, refused?: 'refused') {
    const id = transfers.list.at(-1)?.id
    if (id) read['file-answer']({ type: 'file-answer', id, ...(refused && { refused }) })
  }
  return { transfers, said, join, send, answer, cut: () => link.abort() }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test('S12 S19 after a hand-over nothing goes to the former technician, though that browser keeps its connection', async () => {
  const { transfers, join, send, cut } = page()
  send(join())
  await settled()
  expect(links).toHaveLength(1)
  expect(links[0]?.frames).toBeGreaterThan(0)
  transfers.cancelAll('hand-over')
  cut()
  expect(links[0]?.signal.aborted).toBe(true)
  const before = links[0]?.frames
  send(join())
  await settled()
  expect(links).toHaveLength(2)
  expect(links[0]?.frames).toBe(before)
  expect(links[1]?.frames).toBeGreaterThan(0)
})

test('S12 S13 a cut of the session’s own link leaves that for files as it is', async () => {
  const { join, send, cut } = page()
  send(join())
  await settled()
  cut()
  join()
  await settled()
  expect(links).toHaveLength(1)
  expect(links[0]?.signal.aborted).toBe(false)
})

test('S12 a session that is over lets go of the link for files; what is open goes on with the next one', async () => {
  const { transfers, join, send, answer, cut } = page()
  send(join())
  await settled()
  cut()
  transfers.unlink()
  expect(links[0]?.signal.aborted).toBe(true)
  expect(transfers.list[0]?.state).toMatchObject({ kind: 'running', linked: false })
  answer(join())
  await settled()
  expect(links).toHaveLength(2)
})

test('S12 what begins while the link stands is linked at once', async () => {
  const { transfers, join, send } = page()
  const read = join()
  send(read)
  await settled()
  send(read)
  await settled()
  expect(transfers.list.map(({ state }) => state)).toMatchObject([{ linked: true }, { linked: true }])
  expect(links).toHaveLength(1)
})

test('S12 S13 a desk that was loaded anew is asked anew: no link is made for what it has not answered, and its no is one', async () => {
  const { transfers, join, send, answer, cut } = page()
  send(join())
  await settled()
  cut()
  transfers.unlink()
  const read = join()
  await settled()
  expect(links, 'an attempt that nobody answers would be in the way of the next').toHaveLength(1)
  answer(read, 'refused')
  await settled()
  expect(transfers.list[0]?.state).toEqual({ kind: 'refused', why: 'refused' })
  expect(links).toHaveLength(1)
})

test('S12 a desk that asks for the link without end has a few made', async () => {
  const { join, send } = page()
  const read = join()
  read['file-link']({ type: 'file-link' })
  expect(links).toHaveLength(0)
  send(read)
  for (let count = 0; count < 900; count += 1) {
    read['file-link']({ type: 'file-link' })
    await Promise.resolve()
    await Promise.resolve()
  }
  expect(links.length).toBeLessThan(60)
})
