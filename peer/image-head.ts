import type { PictureType } from '../protocol/picture.ts'

/** What the first bytes of a picture say it is. */
export type ImageHead = { format: PictureType; width: number; height: number }

/** Reads size and format without unpacking anything; undefined where it is none of the formats that are taken. */
export function readImageHead(bytes: Uint8Array): ImageHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return png(view) ?? webp(view) ?? jpeg(view)
  } catch (cause) {
    // It ends before its size was told.
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

function png(view: DataView): ImageHead | undefined {
  if (view.getUint32(0) !== 0x8950_4e47 || view.getUint32(4) !== 0x0d0a_1a0a) return undefined
  if (view.getUint32(12) !== 0x4948_4452) return undefined
  return { format: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** RIFF with one of three kinds of picture, each of which tells its size in its own way. */
function webp(view: DataView): ImageHead | undefined {
  if (view.getUint32(0) !== 0x5249_4646 || view.getUint32(8) !== 0x5745_4250) return undefined
  const format = 'image/webp'
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x5650_3820:
      return { format, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x5650_384c: {
      const bits = view.getUint32(21, true)
      return { format, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 0x5650_3858:
      return { format, width: uint24(24) + 1, height: uint24(27) + 1 }
    default:
      return undefined
  }
}

/** Segment after segment until the one that begins the picture. */
function jpeg(view: DataView): ImageHead | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker < 0xffc0 || marker === 0xffda) return undefined
    const begins = marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc
    if (begins) return { format: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
}
