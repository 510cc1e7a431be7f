import * as v from 'valibot'
import { FilePath, Modified, TransferId } from '../../protocol/files.ts'
import { Count, type Time } from '../../protocol/ids.ts'
import { MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'
import { HASH_BYTES } from './pieces.ts'

/**
 * What the frames of one transfer carry, on a stream of its own: whole records, one after the other, each u8 kind · u32 length · body,
 * big endian. From the sender `transfer`, and when the receiver has said from where (`resume`): for each file `begin`, its `data`, a
 * `piece` hash behind each `FILE_PIECE` and behind the rest, `end`; or `gone`. Then each `folder` that is empty, and `finish`. The receiver says how
 * far it has got (`kept`), and answers each `probe` that the sender puts behind its records.
 */
export type FileRecord =
  /** Sender, first on each link: which transfer this stream is. */
  | { kind: 'transfer'; id: TransferId }
  /** Receiver: begin with this file, at this byte of it. */
  | { kind: 'resume'; index: number; offset: number }
  | { kind: 'begin'; index: number; path: FilePath; size: number; modified: Time; offset: number }
  | { kind: 'data'; bytes: Uint8Array<ArrayBuffer> }
  /** SHA-256 of the bytes since the last multiple of `FILE_PIECE`. */
  | { kind: 'piece'; hash: Uint8Array<ArrayBuffer> }
  /** SHA-256 of all its piece hashes: the file's own mark. */
  | { kind: 'end'; mark: Uint8Array<ArrayBuffer> }
  /** The sender cannot read it any more. */
  | { kind: 'gone'; why: 'changed' | 'unreadable' }
  /** Sender, behind the files: a folder that has nothing in it. */
  | { kind: 'folder'; path: FilePath }
  | { kind: 'finish' }
  /** Receiver: so many bytes of data, since `resume`, are taken care of. */
  | { kind: 'kept'; bytes: number }
  /** Sender, at most one in a frame, behind its records: times the line. The receiver answers `echo` at once, whatever waits for its disk. */
  | { kind: 'probe' }
  /** Receiver: the oldest `probe` that has no answer yet has come; `at` in ms, by a clock of its own. */
  | { kind: 'echo'; at: number }

const KINDS = [
  'transfer',
  'resume',
  'begin',
  'data',
  'piece',
  'end',
  'gone',
  'finish',
  'kept',
  'folder',
  'probe',
  'echo',
] as const
export const RECORD_HEADER = 5
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Bytes of records that fit into one frame beside a probe. */
export const FRAME_ROOM = MAX_FRAME_PAYLOAD - RECORD_HEADER

/** A record that its sender may not have sent; it costs the transfer. */
export class RecordError extends Error {
  constructor(message: string) {
    super(`file record: ${message}`)
    this.name = 'RecordError'
  }
}

const Resume = v.strictObject({ index: Count, offset: Count })
const Begin = v.strictObject({ index: Count, path: FilePath, size: Count, modified: Modified, offset: Count })
const Folder = v.strictObject({ path: FilePath })
const Gone = v.strictObject({ why: v.picklist(['changed', 'unreadable']) })
const Echo = v.strictObject({ at: v.pipe(v.number(), v.finite()) })
const Kept = v.strictObject({ bytes: Count })
const Transfer = v.strictObject({ id: TransferId })

/** Header and body, one behind the other. */
export function encodeRecord(record: FileRecord): [Uint8Array, Uint8Array] {
  const body = bodyOf(record)
  const header = new Uint8Array(RECORD_HEADER)
  const view = new DataView(header.buffer)
  view.setUint8(0, KINDS.indexOf(record.kind))
  view.setUint32(1, body.length)
  return [header, body]
}

function bodyOf(record: FileRecord): Uint8Array {
  switch (record.kind) {
    case 'data':
      return record.bytes
    case 'piece':
      return record.hash
    case 'end':
      return record.mark
    case 'finish':
    case 'probe':
      return new Uint8Array(0)
    default: {
      const { kind: _kind, ...body } = record
      return encoder.encode(JSON.stringify(body))
    }
  }
}

/** The records of one frame. @throws RecordError */
export function decodeRecords(frame: Uint8Array<ArrayBuffer>): FileRecord[] {
  const records: FileRecord[] = []
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  for (let at = 0; at < frame.length; ) {
    if (at + RECORD_HEADER > frame.length) throw new RecordError('a header that is cut off')
    const kind = KINDS[view.getUint8(at)]
    const length = view.getUint32(at + 1)
    const body = frame.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length)
    if (!kind || body.length !== length) throw new RecordError('an unknown kind, or a body that is cut off')
    records.push(decodeBody(kind, body))
    at += RECORD_HEADER + length
  }
  return records
}

function decodeBody(kind: (typeof KINDS)[number], body: Uint8Array<ArrayBuffer>): FileRecord {
  switch (kind) {
    case 'data':
      if (body.length === 0) throw new RecordError('data without bytes')
      return { kind, bytes: body }
    case 'piece':
      return { kind, hash: hashIn(body) }
    case 'end':
      return { kind, mark: hashIn(body) }
    case 'finish':
    case 'probe':
      return { kind }
    case 'echo':
      return { kind, ...parse(Echo, body) }
    case 'transfer':
      return { kind, ...parse(Transfer, body) }
    case 'resume':
      return { kind, ...parse(Resume, body) }
    case 'begin':
      return { kind, ...parse(Begin, body) }
    case 'gone':
      return { kind, ...parse(Gone, body) }
    case 'kept':
      return { kind, ...parse(Kept, body) }
    case 'folder':
      return { kind, ...parse(Folder, body) }
  }
}

function hashIn(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (body.length !== HASH_BYTES) throw new RecordError('a hash of another length')
  return body
}

function parse<T>(schema: v.GenericSchema<unknown, T>, body: Uint8Array): T {
  try {
    return v.parse(schema, JSON.parse(decoder.decode(body)))
  } catch (cause) {
    throw new RecordError(String(cause))
  }
}
