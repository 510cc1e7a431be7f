import type { SourceFile } from './source.ts'

/** So many bytes are one stream. As each is opened the browser looks whether the file is still what it was. */
const STRETCH = 16 * 1024 * 1024

type Stretch = { reader: ReadableStreamBYOBReader; at: number; end: number }

/**
 * Reads a file part behind part: from one stream as long as each part begins where the one before ended, since asking a browser for a part
 * costs it more than reading it. Rejects as the browser does where the file was changed or cannot be read, at its last part at the latest.
 */
export function readInTurn(file: Blob): SourceFile['read'] {
  let stretch: Stretch | undefined
  /** Who goes on over a new link may ask while the one before still reads. */
  let turn: Promise<unknown> = Promise.resolve()

  async function read(start: number, end: number, given?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    if (stretch?.at !== start || stretch.end < end) {
      void stretch?.reader.cancel().catch(() => {})
      stretch = openStretch(file, start, Math.max(end, start + STRETCH))
    }
    if (!stretch) return await readPart(file, start, end)
    const { reader } = stretch
    const wanted = end - start
    let memory = given && given.byteLength >= wanted ? given : new ArrayBuffer(wanted)
    let length = 0
    while (length < wanted) {
      const { done, value } = await reader.read(new Uint8Array(memory, length, wanted - length), {
        min: wanted - length,
      })
      if (done) break
      memory = value.buffer
      length += value.length
    }
    if (length < wanted) return await readPart(file, start, end)
    stretch.at = end
    // The browser looked as the stretch was opened, and not since then.
    if (end >= file.size) await readPart(file, 0, 1)
    return new Uint8Array(memory, 0, wanted)
  }

  return (start, end, memory) => {
    const next = turn.then(() => read(start, end, memory))
    turn = next.catch(() => {
      stretch = undefined
    })
    return next
  }
}

async function readPart(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer())
}

/** @returns undefined in browsers whose files are no streams of bytes, as Safari's. */
function openStretch(file: Blob, at: number, end: number): Stretch | undefined {
  try {
    return { reader: file.slice(at, end).stream().getReader({ mode: 'byob' }), at, end }
  } catch {
    return undefined
  }
}
