import { encodeRecord, type FileRecord, RECORD_HEADER } from './records.ts'

/** Parts of one frame, in order; `bytes`: of data in it. */
export type FilledFrame = { frame: readonly Uint8Array[]; bytes: number }

/** Data goes into the next frame rather than in a smaller part. */
const LEAST_PART = 256

/**
 * Packs records into frames that are as full as can be: a small one between two large ones costs both pages as much as they do.
 * @param atMost bytes of records for the next frame, asked anew for each part. A record that is larger, other than data, goes alone.
 */
export async function* fillFrames(
  records: AsyncIterable<FileRecord>,
  atMost: () => number,
): AsyncGenerator<FilledFrame> {
  let frame: Uint8Array[] = []
  let length = 0
  let bytes = 0
  for await (const record of records) {
    for (let rest: FileRecord | undefined = record; rest; ) {
      const room = atMost() - length
      const [header, body] = encodeRecord(beginningOf(rest, room))
      const size = header.length + body.length
      if (length > 0 && size > room) {
        yield { frame, bytes }
        frame = []
        length = 0
        bytes = 0
        continue
      }
      frame.push(header, body)
      length += size
      if (rest.kind === 'data') bytes += body.length
      rest = restOf(rest, body.length)
    }
  }
  yield { frame, bytes }
}

function beginningOf(record: FileRecord, room: number): FileRecord {
  if (record.kind !== 'data' || RECORD_HEADER + record.bytes.length <= room) return record
  return { kind: 'data', bytes: record.bytes.subarray(0, Math.max(LEAST_PART, room - RECORD_HEADER)) }
}

function restOf(record: FileRecord, gone: number): FileRecord | undefined {
  if (record.kind !== 'data' || record.bytes.length === gone) return undefined
  return { kind: 'data', bytes: record.bytes.subarray(gone) }
}
