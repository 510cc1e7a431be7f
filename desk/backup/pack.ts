import * as v from 'valibot'

/** Something with bytes of its own: the length of a JSON text (u32), the text, and then the bytes one after the other. */

const Sizes = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(200_000))

const Head = v.strictObject({ sizes: Sizes, about: v.unknown() })

/** The bytes are no such thing, or cut short. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError'
}

export function pack(about: unknown, blobs: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const sizes = blobs.map(({ byteLength }) => byteLength)
  const text = new TextEncoder().encode(JSON.stringify({ sizes, about }))
  const packed = new Uint8Array(sizes.reduce((sum, size) => sum + size, 4 + text.byteLength))
  new DataView(packed.buffer).setUint32(0, text.byteLength)
  packed.set(text, 4)
  let at = 4 + text.byteLength
  for (const blob of blobs) {
    packed.set(blob, at)
    at += blob.byteLength
  }
  return packed
}

/** @throws UnpackError */
export function unpack<S extends v.GenericSchema>(
  packed: Uint8Array,
  schema: S,
): { about: v.InferOutput<S>; blobs: Uint8Array[] } {
  if (packed.byteLength < 4) throw new UnpackError('cut short')
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0)
  const head = v.safeParse(Head, readText(packed.subarray(4, 4 + length)))
  const about = v.safeParse(schema, head.success ? head.output.about : undefined)
  if (!head.success || !about.success) throw new UnpackError('another shape')
  const { sizes } = head.output
  if (sizes.reduce((sum, size) => sum + size, 4 + length) !== packed.byteLength) throw new UnpackError('cut short')
  let at = 4 + length
  const blobs = sizes.map((size) => {
    at += size
    return packed.subarray(at - size, at)
  })
  return { about: about.output, blobs }
}

function readText(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new UnpackError('no text', { cause })
  }
}
