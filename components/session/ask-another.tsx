import { MonitorUp } from 'lucide-preact'
import type { Attendance } from '../../desk/session/attendance.ts'
import { questionOf } from '../../desk/session/consents.ts'
import { m } from '../../paraglide/messages.js'
import { MAX_FURTHER_SCREENS } from '../../protocol/limits.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useAskAgain } from './ask-again.ts'

/** Asks for a screen beside those that are shown, or says that it was. */
export function AskAnother({ attendance }: { attendance: Pick<Attendance, 'screens' | 'consents' | 'answer'> }) {
  const { screens, consents, answer } = attendance
  const wait = useAskAgain(consents, 'screen')
  const asked = questionOf(consents.now.value.values(), 'screen')
  const full = screens.further.value.length >= MAX_FURTHER_SCREENS
  const ask = () => {
    if (asked || wait) return
    answer()
    consents.ask('screen')
  }
  useShortcuts(full ? {} : { N: ask })
  if (full) return null
  return (
    <IconButton
      label={asked ? m.screens_asked() : (wait ?? m.screens_ask())}
      aria-disabled={asked !== undefined || wait !== undefined}
      onClick={ask}
      shortcut="Shift+N"
    >
      <MonitorUp aria-hidden="true" />
      {asked && m.screens_asked()}
    </IconButton>
  )
}
