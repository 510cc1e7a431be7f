import { useEffect, useRef } from 'preact/hooks'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { FurtherScreen, Surface } from '../../protocol/screens.ts'
import { screenName } from '../screens/screen-name.ts'

type Shown = Pick<FurtherScreen, 'number' | 'surface'> & { stream: MediaStream }
type Props = {
  attendance: Pick<Attendance, 'screens' | 'looking'>
  first: { surface: Surface; stream: MediaStream }
}

/** All screens at once; pictures are taken of the first. */
export function SideBySide({ attendance: { screens, looking }, first }: Props) {
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    looking.picture.value = section.current?.querySelector('video') ?? undefined
    return () => {
      looking.picture.value = undefined
    }
  }, [looking])
  const all: readonly Shown[] = [{ number: screens.first.value, ...first }, ...screens.further.value]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled by keyboard too
    <section class="screens-grid" aria-label={m.screens_all()} tabIndex={0} ref={section}>
      {all.map((screen) => (
        <figure key={screen.number}>
          <Picture {...screen} />
          <figcaption>{screenName(screen)}</figcaption>
        </figure>
      ))}
    </section>
  )
}

function Picture({ stream, ...screen }: Shown) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  return <video ref={video} autoplay muted playsInline aria-label={screenName(screen)} />
}
