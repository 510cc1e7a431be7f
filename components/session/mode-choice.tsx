import { useId } from 'preact/hooks'
import type { ScreenView } from '../../desk/session/attendance-state.ts'
import { m } from '../../paraglide/messages.js'
import type { ScreenMode } from '../../protocol/link.ts'

type Shared = Extract<ScreenView, { kind: 'shared' }>

const MODES: readonly ScreenMode[] = ['speed', 'quality', 'automatic']

/** How the picture is weighed. Marked is what the customer's browser has confirmed, not what was pressed. */
export function ModeChoice({ screen, onMode }: { screen: Shared; onMode: (mode: ScreenMode) => void }) {
  const group = useId()
  const waiting = screen.wanted !== undefined && screen.wanted !== screen.mode
  return (
    <fieldset class="modes" aria-busy={waiting}>
      <legend class="unseen">{m.session_modes()}</legend>
      {MODES.map((mode) => (
        <label key={mode} class={screen.wanted === mode && waiting ? 'mode-wanted' : ''}>
          <input
            type="radio"
            name={group}
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
