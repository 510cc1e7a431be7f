import { MAX_PICTURE, MAX_PICTURE_PIXELS } from '../protocol/limits.ts'
import type { PictureType } from '../protocol/picture.ts'
import { readImageHead } from './image-head.ts'

/** A picture that is fit to be sent. */
export type Sendable = { bytes: Blob; format: PictureType; width: number; height: number }

/** Larger ones are sent smaller, so that they are there at once also on a slow line. */
const SMALL_BYTES = 1024 * 1024
/** Each is tried until it is small: quality first, then pixels. */
const TRIES = [
  { longSide: 2560, quality: 0.85 },
  { longSide: 1920, quality: 0.8 },
  { longSide: 1280, quality: 0.7 },
]

/** @returns undefined for what is no picture, or too large to be unpacked. */
export async function sendable(file: Blob): Promise<Sendable | undefined> {
  const head = readImageHead(new Uint8Array(await file.slice(0, 512 * 1024).arrayBuffer()))
  if (head && head.width * head.height > MAX_PICTURE_PIXELS) return undefined
  // Other formats that this browser knows are packed anew; what it does not know is no picture.
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  try {
    if (head && file.size <= SMALL_BYTES) return { ...head, bytes: new Blob([file], { type: head.format }) }
    return await packed(picture)
  } finally {
    picture.close()
  }
}

async function packed(picture: ImageBitmap): Promise<Sendable | undefined> {
  let smallest: Sendable | undefined
  for (const { longSide, quality } of TRIES) {
    const scale = Math.min(1, longSide / Math.max(picture.width, picture.height))
    const width = Math.max(1, Math.round(picture.width * scale))
    const height = Math.max(1, Math.round(picture.height * scale))
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    const bytes = await packedAs(canvas, quality)
    smallest = { bytes, format: bytes.type as PictureType, width, height }
    if (bytes.size <= SMALL_BYTES) return smallest
  }
  return smallest && smallest.bytes.size <= MAX_PICTURE ? smallest : undefined
}

/** A browser that cannot write WebP gives a PNG in its place, which is larger than a JPEG. */
async function packedAs(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality })
  return webp.type === 'image/webp' ? webp : await canvas.convertToBlob({ type: 'image/jpeg', quality })
}
