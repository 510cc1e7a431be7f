import { Maximize, Scan } from 'lucide-preact'
import type { Attendance } from '../../desk/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { ModeChoice } from './mode-choice.tsx'
import type { Scale } from './session-main.tsx'

type Props = {
  attendance: Attendance
  scale: Scale
  onScale: (scale: Scale) => void
  onFullScreen: () => void
}

/** What can be done with a picture, while there is one. */
export function SessionTools({ attendance, scale, onScale, onFullScreen }: Props) {
  const state = attendance.state.value
  if (state.kind !== 'live' || state.screen.kind !== 'shared') return null
  return (
    <div class="session-tools" role="toolbar" aria-label={m.session_tools()}>
      <ModeChoice screen={state.screen} onMode={attendance.setMode} />
      <Button kind="quiet" aria-pressed={scale === 'fit'} onClick={() => onScale(scale === 'fit' ? 'actual' : 'fit')}>
        <Scan aria-hidden="true" />
        {m.session_fit()}
      </Button>
      <Button kind="quiet" onClick={onFullScreen}>
        <Maximize aria-hidden="true" />
        {m.session_full_screen()}
      </Button>
    </div>
  )
}
