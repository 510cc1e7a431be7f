import { useId } from 'preact/hooks'
import type { ScreenView } from '../../desk/session/attendance-state.ts'
import { m } from '../../paraglide/messages.js'
import type { ScreenMode } from '../../protocol/link.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { keyWords } from '../ui/button.tsx'

type Shared = Extract<ScreenView, { kind: 'shared' }>

const MODES: readonly ScreenMode[] = ['speed', 'quality', 'automatic']

/** With Shift. */
const MODE_KEYS: Readonly<Record<ScreenMode, string>> = { speed: 'S', quality: 'Q', automatic: 'A' }

/** How the picture is weighed. Marked is what the customer's browser has confirmed, not what was pressed. */
export function ModeChoice({ screen, onMode }: { screen: Shared; onMode: (mode: ScreenMode) => void }) {
  const group = useId()
  const waiting = screen.wanted !== undefined && screen.wanted !== screen.mode
  useShortcuts(Object.fromEntries(MODES.map((mode) => [MODE_KEYS[mode], () => onMode(mode)])))
  return (
    <fieldset class="modes" aria-busy={waiting}>
      <legend class="unseen">{m.session_modes()}</legend>
      {MODES.map((mode) => (
        <label
          key={mode}
          class={screen.wanted === mode && waiting ? 'mode-wanted' : ''}
          title={m.ui_with_key({ label: modeName(mode), key: keyWords(`Shift+${MODE_KEYS[mode]}`) })}
        >
          <input
            type="radio"
            name={group}
            aria-keyshortcuts={`Shift+${MODE_KEYS[mode]}`}
            checked={screen.mode === mode}
            onClick={(event) => {
              // The customer's answer checks it.
              if (mode !== screen.mode) event.preventDefault()
              onMode(mode)
            }}
          />
          {modeName(mode)}
        </label>
      ))}
    </fieldset>
  )
}

function modeName(mode: ScreenMode): string {
  switch (mode) {
    case 'speed':
      return m.session_mode_speed()
    case 'quality':
      return m.session_mode_quality()
    case 'automatic':
      return m.session_mode_automatic()
  }
}
