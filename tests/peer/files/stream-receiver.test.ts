import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createReceiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { startStreamReceiver } from '../../../peer/files/stream-receiver.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { FilePath } from '../../../protocol/files.ts'
import { Time } from '../../../protocol/ids.ts'
import { memorySink } from './memory-files.ts'

const life = new AbortController()
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => {
  vi.useRealTimers()
  life.abort()
})

test('on a slow line the sender is told how far it is long before there are 2 MiB', async () => {
  const size = 200_000
  const told: number[] = []
  const receiver = createReceiver({ sink: memorySink().sink, count: 1, limit: size, refuses: () => undefined })
  const { hear } = startStreamReceiver({
    receiver,
    async write(frame) {
      for (const record of decodeRecords(joinBytes(frame))) if (record.kind === 'kept') told.push(record.bytes)
    },
    progress() {},
    signal: life.signal,
  })
  const path = v.parse(FilePath, ['slow.bin'])
  hear({ kind: 'begin', index: 0, path, size, modified: v.parse(Time, 0), offset: 0 })
  for (let piece = 0; piece < 5; piece++) {
    await vi.advanceTimersByTimeAsync(300)
    hear({ kind: 'data', bytes: new Uint8Array(20_000) })
    // The receiver stands at what came before.
    await receiver.position()
  }
  expect(told).toEqual([40_000, 80_000])
})
