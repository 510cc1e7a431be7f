import { useEffect, useRef } from 'preact/hooks'

type Props = { class: string; track: MediaStreamTrack; label: string }

/** What a camera sees. Its sound is played elsewhere. */
export function CallPicture({ class: name, track, label }: Props) {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (!video) return
    video.srcObject = new MediaStream([track])
    video.play().catch(() => {})
    return () => {
      video.srcObject = null
    }
  }, [track])
  return <video ref={element} class={name} aria-label={label} muted playsInline />
}
