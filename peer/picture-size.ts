/** In pixels. */
export type PictureSize = { width: number; height: number }

/** Longer than a tab takes to give its first picture on a slow machine; shorter than somebody would mind. */
const PATIENCE_MS = 500

/** The size that a capture has; 0×0 as long as nobody knows. */
export async function pictureSize(track: MediaStreamTrack): Promise<PictureSize> {
  const { width = 0, height = 0, displaySurface } = track.getSettings()
  // Of a tab Chromium tells the largest size that it was asked for, whatever the tab's own is.
  if (displaySurface !== 'browser') return { width, height }
  return firstPictureSize(track)
}

async function firstPictureSize(track: MediaStreamTrack): Promise<PictureSize> {
  const video = document.createElement('video')
  const { promise, resolve } = Promise.withResolvers<void>()
  video.onloadedmetadata = () => resolve()
  const timer = setTimeout(resolve, PATIENCE_MS)
  video.muted = true
  video.srcObject = new MediaStream([track])
  await promise
  clearTimeout(timer)
  const size = { width: video.videoWidth, height: video.videoHeight }
  video.srcObject = null
  return size
}
