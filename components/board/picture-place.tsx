import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Place = { left: number; top: number; width: number; height: number }

/** Covers the picture in a video element, without the bars beside it; a sibling of the video in a positioned element. */
export function PicturePlace({ video, children }: { video: RefObject<HTMLVideoElement>; children: ComponentChildren }) {
  const [place, setPlace] = useState<Place>()
  useEffect(() => {
    const element = video.current
    if (!element) return
    const measure = () => setPlace(placeOf(element))
    // In a window of its own it is that window which measures: the page's may be hidden.
    const { ResizeObserver: Observer } = element.ownerDocument.defaultView ?? window
    const size = new Observer(measure)
    size.observe(element)
    const life = new AbortController()
    for (const event of ['resize', 'loadedmetadata']) element.addEventListener(event, measure, { signal: life.signal })
    measure()
    return () => {
      size.disconnect()
      life.abort()
    }
  }, [video])
  if (!place) return null
  const { left, top, width, height } = place
  return (
    <div
      class="picture-place"
      style={{ left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }}
    >
      {children}
    </div>
  )
}

/** As `object-fit: contain` puts it; undefined while nobody knows the picture's shape. */
function placeOf(video: HTMLVideoElement): Place | undefined {
  const { videoWidth, videoHeight, offsetLeft, offsetTop, clientWidth, clientHeight } = video
  if (videoWidth === 0 || videoHeight === 0) return undefined
  const scale = Math.min(clientWidth / videoWidth, clientHeight / videoHeight)
  const [width, height] = [videoWidth * scale, videoHeight * scale]
  return { left: offsetLeft + (clientWidth - width) / 2, top: offsetTop + (clientHeight - height) / 2, width, height }
}
