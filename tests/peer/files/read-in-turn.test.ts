import { describe, expect, test } from 'vitest'
import { readInTurn } from '../../../peer/files/read-in-turn.ts'

const MIB = 1024 * 1024
const bytes = new Uint8Array(17 * MIB + 5).map((_, at) => at * 7 + (at >> 11))

/** How many streams and parts were asked for. */
class CountedBlob extends Blob {
  streams = 0
  parts = 0
  override slice(start?: number, end?: number): Blob {
    const part = super.slice(start, end)
    const { arrayBuffer, stream } = part
    part.arrayBuffer = () => {
      this.parts += 1
      return arrayBuffer.call(part)
    }
    part.stream = () => {
      this.streams += 1
      return stream.call(part)
    }
    return part
  }
}

async function readAll(read: ReturnType<typeof readInTurn>, from: number, step: number) {
  for (let at = from; at < bytes.length; at += step) {
    const end = Math.min(bytes.length, at + step)
    expect(Buffer.compare(await read(at, end), bytes.subarray(at, end))).toBe(0)
  }
}

describe('a file is read in turn', () => {
  test('part behind part, with few streams, and one look at its end', async () => {
    const file = new CountedBlob([bytes])
    await readAll(readInTurn(file), 0, MIB / 2)
    expect(file).toMatchObject({ streams: 2, parts: 1 })
  })

  test('into memory that is given, where they fit in', async () => {
    const read = readInTurn(new Blob([bytes]))
    const first = await read(0, MIB)
    const second = await read(MIB, 2 * MIB - 7, first.buffer)
    expect(first.length).toBe(0)
    expect(second.buffer.byteLength).toBe(MIB)
    expect(Buffer.compare(second, bytes.subarray(MIB, 2 * MIB - 7))).toBe(0)
    const third = await read(2 * MIB - 7, 4 * MIB, second.buffer)
    expect(Buffer.compare(third, bytes.subarray(2 * MIB - 7, 4 * MIB))).toBe(0)
  })

  test('from anywhere, again, and by two at once', async () => {
    const read = readInTurn(new Blob([bytes]))
    await Promise.all([readAll(read, 0, 3 * MIB), readAll(read, 9 * MIB, 5 * MIB + 1)])
    await readAll(read, 16 * MIB - 1, MIB)
  })

  test('behind its end there is nothing', async () => {
    const read = readInTurn(new Blob([bytes]))
    expect((await read(bytes.length - 3, bytes.length + 100)).length).toBe(3)
    expect((await read(bytes.length - 3, bytes.length)).length).toBe(3)
  })

  test('where files are no streams of bytes, part by part', async () => {
    const file = new CountedBlob([bytes])
    const { slice } = file
    file.slice = (start, end) => {
      const part = slice.call(file, start, end)
      part.stream = () => new ReadableStream()
      return part
    }
    await readAll(readInTurn(file), 0, 4 * MIB)
    expect(file).toMatchObject({ streams: 0, parts: 5 })
  })

  test('what the browser rejects with, and again from the same place', async () => {
    const file = new CountedBlob([bytes])
    const { slice } = file
    let gone = false
    file.slice = (start, end) => {
      if (!gone) return slice.call(file, start, end)
      const part = new Blob()
      const rejection = () => Promise.reject(new DOMException('it was changed', 'NotReadableError'))
      part.arrayBuffer = rejection
      part.stream = () => new ReadableStream({ type: 'bytes', pull: rejection })
      return part
    }
    const read = readInTurn(file)
    await read(0, MIB)
    gone = true
    await expect(read(8 * MIB, 9 * MIB)).rejects.toThrow('it was changed')
    await expect(read(bytes.length - 5, bytes.length)).rejects.toThrow('it was changed')
    gone = false
    expect(await read(8 * MIB, 8 * MIB + 4)).toEqual(bytes.slice(8 * MIB, 8 * MIB + 4))
  })

  test('changed behind the look of its last stretch, it is not taken for whole', async () => {
    const file = new CountedBlob([bytes])
    const read = readInTurn(file)
    await read(14 * MIB, 15 * MIB)
    const { slice } = file
    file.slice = (start, end) => {
      const part = slice.call(file, start, end)
      part.arrayBuffer = () => Promise.reject(new DOMException('it was changed', 'NotReadableError'))
      return part
    }
    await expect(read(15 * MIB, bytes.length)).rejects.toThrow('it was changed')
  })
})
