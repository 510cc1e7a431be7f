import type { PagerSettings } from '../../desk/pager/pager-settings.ts'
import { type Pause, quietAt } from '../../desk/pager/quiet.ts'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/clock.ts'
import { formatLocale } from '../ui/locale.ts'

type Props = { settings: PagerSettings; onPause: (pause: Pause) => void }

const HOUR_MS = 3_600_000

/** Not now: for a while, or until one says so. */
export function PauseChoice({ settings, onPause }: Props) {
  const now = useNow(15_000)
  const ended = settings.pause.kind === 'until' && settings.pause.until <= now
  const paused = settings.pause.kind !== 'none' && !ended
  const until = (time: Time) => onPause({ kind: 'until', until: time })
  return (
    <>
      <h3>{m.notify_pause()}</h3>
      <p role="status">{stateWords(settings, now)}</p>
      <div class="account-actions">
        {paused ? (
          <Button onClick={() => onPause({ kind: 'none' })}>{m.notify_pause_end()}</Button>
        ) : (
          <>
            <Button onClick={() => until(Date.now() + HOUR_MS)}>{m.notify_pause_hour()}</Button>
            <Button onClick={() => until(Date.now() + 4 * HOUR_MS)}>{m.notify_pause_hours()}</Button>
            <Button onClick={() => until(tomorrowMorning())}>{m.notify_pause_tomorrow()}</Button>
            <Button onClick={() => onPause({ kind: 'muted' })}>{m.notify_pause_mute()}</Button>
          </>
        )}
      </div>
    </>
  )
}

/** Quiet hours count too: what matters is whether one is called. */
function stateWords(settings: PagerSettings, now: Time): string {
  const quiet = quietAt(settings, now)
  if (quiet.kind === 'awake') return m.notify_pause_none()
  if (quiet.until === null) return m.notify_pause_muted()
  const format = new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', hour: 'numeric', minute: '2-digit' })
  return m.notify_pause_until({ time: format.format(quiet.until) })
}

function tomorrowMorning(): Time {
  const morning = new Date()
  morning.setDate(morning.getDate() + 1)
  morning.setHours(8, 0, 0, 0)
  return morning.getTime()
}
