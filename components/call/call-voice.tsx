import { useEffect, useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

/** Plays the other side's voice, wherever the panel is. */
export function CallVoice({ track, name }: { track: MediaStreamTrack | undefined; name: string }) {
  const element = useRef<HTMLAudioElement>(null)
  const [blocked, setBlocked] = useState(false)

  function play() {
    setBlocked(false)
    element.current?.play().catch((cause) => {
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') setBlocked(true)
    })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another voice is what begins it
  useEffect(() => {
    const audio = element.current
    if (!audio) return
    audio.srcObject = track ? new MediaStream([track]) : null
    if (track) play()
  }, [track])

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: it is live, and nobody has its words */}
      <audio ref={element} class="call-voice" />
      {blocked && track && (
        <div class="call" role="alert">
          <p>{m.call_blocked({ name })}</p>
          <Button kind="primary" onClick={play}>
            {m.call_hear({ name })}
          </Button>
        </div>
      )}
    </>
  )
}
