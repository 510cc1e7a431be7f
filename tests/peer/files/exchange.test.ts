import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createExchange } from '../../../peer/files/exchange.ts'
import type { FileMessage } from '../../../peer/files/files-link.ts'
import { limitsOf } from '../../../peer/files/limits.ts'
import { randomId } from '../../../peer/random-id.ts'
import { TransferId } from '../../../protocol/files.ts'
import { silentConnection } from '../../support/silent-connection.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** A page in a browser that gives it no disk, as Node does not either. */
function withoutDisk() {
  const exchange = createExchange(
    'customer',
    limitsOf(() => ({ largest: null, refused: [] })),
    life.signal,
  )
  const answers: FileMessage[] = []
  const read = exchange.attach({
    connection: silentConnection,
    signal: life.signal,
    send: (message) => void answers.push(message),
  })
  const offer = (bytes: number) => {
    const id = v.parse(TransferId, randomId())
    read['file-offer']({ type: 'file-offer', id, count: 1, bytes, first: [{ path: ['a'], size: bytes, modified: 0 }] })
    return id
  }
  return { exchange, answers, offer }
}

test('S12 a browser that has no disk for a page takes what fits into memory, and says so of what does not', async () => {
  const { exchange, answers, offer } = withoutDisk()
  const small = offer(5_000_000)
  const large = offer(500_000_000)
  await exchange.accept(small)
  await exchange.accept(large)
  expect(answers).toEqual([
    { type: 'file-answer', id: small },
    { type: 'file-answer', id: large, refused: 'no-room' },
  ])
})

test('S12 two quick presses of Accept are one', async () => {
  const { exchange, answers, offer } = withoutDisk()
  const id = offer(10)
  await Promise.all([exchange.accept(id), exchange.accept(id)])
  await exchange.accept(id)
  expect(answers).toEqual([{ type: 'file-answer', id }])
})

test('S12 what is on its way would be lost with the page; what is only offered would not', async () => {
  const { exchange, offer } = withoutDisk()
  const id = offer(5_000_000)
  expect(exchange.atStake()).toBe(false)
  await exchange.accept(id)
  expect(exchange.atStake()).toBe(true)
  exchange.cancel(id)
  expect(exchange.atStake()).toBe(false)
})

test('S12 a ZIP that is saved twice is made once: the browser may still copy the first', async () => {
  const { exchange, offer } = withoutDisk()
  const id = offer(5_000_000)
  await exchange.accept(id)
  let made = 0
  const make = () => {
    made += 1
    return new Blob(['all']).stream()
  }
  const [one, other] = await Promise.all([exchange.spool(id, 'all.zip', make), exchange.spool(id, 'all.zip', make)])
  expect(other).toBe(one)
  expect(made).toBe(1)
})
