import './screen-tabs.css'
import { X } from 'lucide-preact'
import type { Attendance } from '../../desk/session/attendance.ts'
import { type Looked, lookedAt } from '../../desk/session/screens.ts'
import { m } from '../../paraglide/messages.js'
import type { ConsentId } from '../../protocol/consent.ts'
import type { Surface } from '../../protocol/screens.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { screenName } from '../screens/screen-name.ts'
import { Button } from '../ui/button.tsx'
import { Toolbar } from '../ui/toolbar.tsx'

type Props = {
  attendance: Pick<Attendance, 'screens' | 'consents'>
  /** Of the first screen. */
  surface: Surface
  /** Another one is looked at: all of it is to be seen. */
  onLook: () => void
}

/** Which of several screens is looked at; nothing where there is one. */
export function ScreenTabs({ attendance: { screens, consents }, surface, onLook }: Props) {
  const further = screens.further.value
  const looked = lookedAt(screens)
  const all = [{ number: screens.first.value, surface }, ...further]
  const look = (next: Looked) => {
    screens.looked.value = next
    onLook()
  }
  const removable = further.length === 0 || looked === 'all' ? undefined : permissionOf(looked)
  useShortcuts(Object.fromEntries(further.length > 0 ? all.map(({ number }, at) => [at + 1, () => look(number)]) : []))
  useShortcuts({
    ...(further.length > 0 && { g: () => look('all') }),
    ...(removable && { X: () => consents.end(removable) }),
  })
  if (further.length === 0) return null
  return (
    <Toolbar class="screen-tabs" label={m.screens_label()}>
      {all.map(({ number, surface: shown }, at) => (
        <Button
          key={number}
          kind="quiet"
          aria-pressed={looked === number}
          shortcut={`${at + 1}`}
          onClick={() => look(number)}
        >
          {screenName({ number, surface: shown })}
        </Button>
      ))}
      <Button kind="quiet" aria-pressed={looked === 'all'} shortcut="g" onClick={() => look('all')}>
        {m.screens_all()}
      </Button>
      {removable && (
        <Button kind="quiet" shortcut="Shift+X" onClick={() => consents.end(removable)}>
          <X aria-hidden="true" />
          {m.screens_remove()}
        </Button>
      )}
    </Toolbar>
  )

  /** Of the first one it is the permission that no other screen has. */
  function permissionOf(shown: number): ConsentId | undefined {
    const other = further.find(({ number }) => number === shown)
    if (other) return other.id
    const granted = [...consents.now.value.values()].filter(
      ({ what, state }) => what === 'screen' && state.kind === 'granted',
    )
    return granted.find(({ id }) => !further.some((screen) => screen.id === id))?.id
  }
}
