import * as v from 'valibot'

/**
 * The raw recording: one record after the other, appended as they come. After a crash the last one may be torn; what is before it is
 * whole. Big endian: u8 type · u8 key · f64 timestamp in µs · u32 length · payload.
 */
export type LogRecord =
  | { type: 'config'; config: TrackConfig }
  | { type: 'video' | 'audio'; key: boolean; timestamp: number; data: Uint8Array<ArrayBuffer> }

/** How a track is decoded; the description in base64url. */
export const TrackConfig = v.variant('track', [
  v.strictObject({ track: v.literal('video'), codec: v.string(), width: v.number(), height: v.number() }),
  v.strictObject({
    track: v.literal('audio'),
    codec: v.string(),
    sampleRate: v.number(),
    channels: v.number(),
    description: v.optional(v.string()),
  }),
])
export type TrackConfig = v.InferOutput<typeof TrackConfig>

const TYPES = ['config', 'video', 'audio'] as const
const HEAD = 14
/** A packet larger than this was not written by us. */
const MAX_PACKET = 64 * 1024 * 1024
/** So much of the file is in memory at once, in bytes. */
const WINDOW = 4 * 1024 * 1024

export function encodeRecord(record: LogRecord): Uint8Array<ArrayBuffer> {
  const payload = record.type === 'config' ? new TextEncoder().encode(JSON.stringify(record.config)) : record.data
  const bytes = new Uint8Array(HEAD + payload.byteLength)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, TYPES.indexOf(record.type))
  view.setUint8(1, record.type !== 'config' && record.key ? 1 : 0)
  view.setFloat64(2, record.type === 'config' ? 0 : record.timestamp)
  view.setUint32(10, payload.byteLength)
  bytes.set(payload, HEAD)
  return bytes
}

/** All whole records; the first that is torn or unknown is the end. */
export async function* readLog(file: Blob): AsyncGenerator<LogRecord> {
  let at = 0
  let window = new Uint8Array(0)
  let begins = 0
  async function take(length: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (at + length > file.size) return undefined
    if (at < begins || at + length > begins + window.byteLength) {
      begins = at
      window = new Uint8Array(await file.slice(at, at + Math.max(WINDOW, length)).arrayBuffer())
    }
    const taken = window.slice(at - begins, at - begins + length)
    at += length
    return taken
  }
  for (;;) {
    const head = await take(HEAD)
    if (!head) return
    const view = new DataView(head.buffer)
    const type = TYPES[view.getUint8(0)]
    const length = view.getUint32(10)
    if (!type || length > MAX_PACKET) return
    const payload = await take(length)
    if (!payload) return
    if (type !== 'config') {
      yield { type, key: view.getUint8(1) === 1, timestamp: view.getFloat64(2), data: payload }
      continue
    }
    const config = readConfig(payload)
    if (!config) return
    yield { type, config }
  }
}

function readConfig(payload: Uint8Array): TrackConfig | undefined {
  try {
    const config = v.safeParse(TrackConfig, JSON.parse(new TextDecoder().decode(payload)))
    return config.success ? config.output : undefined
  } catch {
    return undefined
  }
}
