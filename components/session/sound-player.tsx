import { useEffect, useRef } from 'preact/hooks'
import type { TicketSound } from '../../desk/session/sound.ts'
import { m } from '../../paraglide/messages.js'
import { useShortcuts } from '../desk/shortcuts.ts'

/** What is heard of the customer's computer; it goes on while the picture is in a window of its own, or the tools are folded. */
export function SoundPlayer({ sound, name }: { sound: TicketSound; name: string }) {
  const element = useRef<HTMLAudioElement>(null)
  const stream = sound.heard.value?.stream
  const muted = sound.muted.value
  const volume = sound.volume.value
  useShortcuts(stream ? { m: sound.toggle } : {})

  useEffect(() => {
    if (element.current) element.current.srcObject = stream ?? null
  }, [stream])

  useEffect(() => {
    const audio = element.current
    if (!audio || !stream) return
    audio.muted = muted
    audio.volume = volume
    if (muted) return
    audio.play().catch((cause) => {
      // A browser in which nobody has pressed anything yet, as after a reload: "Mute" is on, and a press takes it off.
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') sound.muted.value = true
    })
  }, [sound, stream, muted, volume])

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: it is live, and nobody has its words */}
      <audio ref={element} />
      <p class="unseen" role="status">
        {stream && m.sound_heard({ name })}
      </p>
    </>
  )
}
