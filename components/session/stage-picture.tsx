import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Looking } from '../../desk/media/looking.ts'
import { m } from '../../paraglide/messages.js'
import { useStageHand } from './stage-hand.ts'
import { place, type Rect, type Size, type View } from './view.ts'

/** Where the picture is: what is laid over it scales with this. */
export type PicturePlace = {
  /** In CSS pixels, from the top left of the stage. */
  rect: Rect
  /** Of the picture that is really received, in its own pixels. */
  picture: Size
  video: HTMLVideoElement
}

type Props = {
  stream: MediaStream
  /** Told where the picture is, for those who take pictures of it. */
  looking: Looking
  /** Of what is seen, for those who do not see it. */
  label: string
  view: View
  onView: (change: (view: View, stage: Size, picture: Size) => View) => void
  /** What lies over the picture, in the same coordinates; above the video and below the tools. */
  children?: ((place: PicturePlace) => ComponentChildren) | undefined
}

/** The customer's picture in the stage: scaled, moved by hand, by wheel, by pinch and by keys, and what is laid over it. */
export function StagePicture({ stream, looking, label, view, onView, children }: Props) {
  const section = useRef<HTMLElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [stage, setStage] = useState<Size>({ width: 0, height: 0 })
  const [picture, setPicture] = useState<Size>({ width: 0, height: 0 })
  useStageHand(section, (change) => onView(change))

  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])

  useEffect(() => {
    looking.picture.value = video.current ?? undefined
    return () => {
      looking.picture.value = undefined
    }
  }, [looking])

  useEffect(() => {
    const shown = section.current
    if (!shown) return
    // In a window of its own it is that window which measures.
    const Observer = shown.ownerDocument.defaultView?.ResizeObserver ?? ResizeObserver
    const observer = new Observer(() => setStage({ width: shown.clientWidth, height: shown.clientHeight }))
    observer.observe(shown)
    return () => observer.disconnect()
  }, [])

  const measure = ({ currentTarget }: { currentTarget: HTMLVideoElement }) =>
    setPicture({ width: currentTarget.videoWidth, height: currentTarget.videoHeight })
  const rect = place(view, stage, picture)
  const ready = picture.width > 0 && stage.width > 0
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture larger than the stage is moved by keyboard too
    <section class={`stage-picture stage-${view.kind}`} aria-label={label} tabIndex={0} ref={section}>
      <video
        ref={video}
        autoplay
        muted
        playsInline
        aria-label={label}
        onResize={measure}
        onLoadedMetadata={measure}
        style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
      />
      {ready && video.current && children?.({ rect, picture, video: video.current })}
      {!ready && <p class="unseen">{m.session_picture_comes_text()}</p>}
    </section>
  )
}
