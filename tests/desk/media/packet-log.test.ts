import { expect, test } from 'vitest'
import { encodeRecord, type LogRecord, readLog } from '../../../desk/media/packet-log.ts'

const records: LogRecord[] = [
  { type: 'config', config: { track: 'video', codec: 'vp8', width: 1280, height: 800 } },
  { type: 'video', key: true, timestamp: 0, data: new Uint8Array([1, 2, 3]) },
  { type: 'audio', key: true, timestamp: 20_000, data: new Uint8Array(0) },
  { type: 'video', key: false, timestamp: 66_667.5, data: new Uint8Array(5_000_000).fill(7) },
]
const bytes = records.map(encodeRecord)
async function read(...parts: BlobPart[]) {
  const found: LogRecord[] = []
  for await (const record of readLog(new Blob(parts))) found.push(record)
  return found
}

test('what is written is read, also what is larger than the window', async () => {
  expect(await read(...bytes)).toEqual(records)
})

test('a torn end costs the last record only, wherever it is torn', async () => {
  const [config, first, second] = bytes
  for (let left = 0; left < (second?.length ?? 0); left += 1) {
    expect(await read(config ?? '', first ?? '', second?.slice(0, left) ?? '')).toEqual(records.slice(0, 2))
  }
})

test('what was never written by a recorder ends it', async () => {
  expect(await read(bytes[0] ?? '', new Uint8Array(40).fill(9))).toEqual(records.slice(0, 1))
  expect(await read('<html>', '<body>')).toEqual([])
  const wrong = encodeRecord(records[0] as LogRecord)
  wrong.fill(0x20, 14)
  expect(await read(wrong)).toEqual([])
})
