import type { Sink } from '../../../peer/files/sink.ts'
import type { SourceFile } from '../../../peer/files/source.ts'

/** A file of so many bytes that follow a rule. */
export function memoryFile(path: string, size: number): SourceFile {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 1) bytes[at] = at * 31 + (at >> 9) + path.length
  return {
    path: path.split('/'),
    size,
    modified: 1_700_000_000_000,
    // As a browser does, which takes memory that it is given and fills it later.
    async read(start, end, memory) {
      if (!memory || memory.byteLength < end - start) return bytes.slice(start, end)
      const taken = memory.transfer()
      new Uint8Array(taken).fill(0xee)
      await Promise.resolve()
      const part = new Uint8Array(taken, 0, end - start)
      part.set(bytes.subarray(start, end))
      return part
    },
  }
}

/** Keeps what it is given, by path; what is written and not kept is in `unfinished`. Takes the bytes with their buffer, as a worker does. */
export function memorySink(): {
  sink: Sink
  kept: Map<string, Uint8Array>
  folders: string[]
  unfinished: Set<string>
} {
  const kept = new Map<string, Uint8Array>()
  const unfinished = new Set<string>()
  const folders: string[] = []
  const sink: Sink = {
    async folder(path) {
      folders.push(path.join('/'))
    },
    async open({ path, size }) {
      const name = path.join('/')
      const bytes = new Uint8Array(size)
      let at = 0
      unfinished.add(name)
      return {
        async write(more) {
          bytes.set(more, at)
          at += more.length
          return new Uint8Array(more.buffer.transfer(), 0, more.length).fill(0xaa)
        },
        async keep() {
          unfinished.delete(name)
          kept.set(name, bytes.slice(0, at))
        },
        async drop() {
          unfinished.delete(name)
        },
      }
    },
  }
  return { sink, kept, folders, unfinished }
}
