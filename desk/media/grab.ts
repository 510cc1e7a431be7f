import type { PaintAnnotations } from './looking.ts'

/** The very picture that a video shows now, at the size in which it was received. */
export type Grabbed = { picture: Blob } & Size

type Size = { width: number; height: number }

/** @returns undefined where the video shows nothing yet. The frame is taken before the call returns; only its packing takes time. */
export async function grabPicture(video: HTMLVideoElement, paint?: PaintAnnotations): Promise<Grabbed | undefined> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  return await paintPicture({ width, height }, (context, size) => {
    context.drawImage(video, 0, 0, width, height)
    paint?.(context, size)
  })
}

const SHEET = { width: 1920, height: 1080 }

/** The white sheet with what is drawn on it. */
export function grabSheet(paint: PaintAnnotations): Promise<Grabbed | undefined> {
  return paintPicture(SHEET, (context, size) => {
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, size.width, size.height)
    paint(context, size)
  })
}

async function paintPicture(size: Size, paint: PaintAnnotations): Promise<Grabbed | undefined> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, size)
  const context = canvas.getContext('2d')
  if (!context) return undefined
  paint(context, size)
  // Chromium packs a page's own canvas much sooner than one off the screen.
  const picture = await new Promise<Blob | null>((packed) => canvas.toBlob(packed, 'image/png'))
  return picture ? { picture, ...size } : undefined
}
