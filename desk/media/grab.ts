import type { PaintAnnotations } from './looking.ts'

/** The very picture that a video shows now, at the size in which it was received. */
export type Grabbed = { picture: Blob; width: number; height: number }

/** @returns undefined where the video shows nothing yet. The frame is taken before the call returns; only its packing takes time. */
export async function grabPicture(video: HTMLVideoElement, paint?: PaintAnnotations): Promise<Grabbed | undefined> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.drawImage(video, 0, 0, width, height)
  paint?.(context, { width, height })
  // Chromium packs a page's own canvas much sooner than one off the screen.
  const picture = await new Promise<Blob | null>((packed) => canvas.toBlob(packed, 'image/png'))
  return picture ? { picture, width, height } : undefined
}
