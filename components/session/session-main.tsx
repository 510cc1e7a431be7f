import { useRef, useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { SessionTools } from './session-tools.tsx'
import { Stage } from './stage.tsx'

/** `fit`: the whole screen is seen. `actual`: one pixel of theirs is one pixel here, and one scrolls. */
export type Scale = 'fit' | 'actual'

type Props = { entry: QueueEntry; attendance: Attendance; name: string }

/** The picture with its tools: what full screen shows. */
export function SessionMain({ entry, attendance, name }: Props) {
  const [scale, setScale] = useState<Scale>('fit')
  const element = useRef<HTMLElement>(null)

  function toggleFullScreen() {
    if (document.fullscreenElement) return void document.exitFullscreen()
    // Refused by a policy of the browser: the picture stays where it is.
    element.current?.requestFullscreen().catch(() => {})
  }

  return (
    <main class="session-main" ref={element}>
      <Stage entry={entry} attendance={attendance} name={name} scale={scale} />
      <SessionTools attendance={attendance} scale={scale} onScale={setScale} onFullScreen={toggleFullScreen} />
    </main>
  )
}
