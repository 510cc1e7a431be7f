import { Mic, Video } from 'lucide-preact'
import { m } from '../../paraglide/messages.js'
import type { Wish } from '../../peer/call/devices.ts'
import { Button } from '../ui/button.tsx'

type Props = { listen: boolean; onWish: (wish: Wish) => void }

/** With what somebody takes part. */
export function WishButtons({ listen, onWish }: Props) {
  return (
    <>
      <Button kind="primary" onClick={() => onWish({ microphone: true, camera: true })}>
        <Video aria-hidden="true" />
        {m.call_with_camera()}
      </Button>
      <Button onClick={() => onWish({ microphone: true, camera: false })}>
        <Mic aria-hidden="true" />
        {m.call_voice_only()}
      </Button>
      {listen && <Button onClick={() => onWish({ microphone: false, camera: false })}>{m.call_listen_only()}</Button>}
    </>
  )
}
