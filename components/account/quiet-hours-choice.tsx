import './quiet-hours-choice.css'
import type { QuietHours, QuietWeek } from '../../desk/pager/quiet.ts'
import { m } from '../../paraglide/messages.js'
import { Checkbox } from '../ui/checkbox.tsx'
import { formatLocale } from '../ui/locale.ts'

type Props = { week: QuietWeek; onWeek: (week: QuietWeek) => void }

/** Monday first, as working weeks are. The numbers are those of `Date.getDay`. */
const DAYS = [1, 2, 3, 4, 5, 6, 0] as const
type DayNumber = (typeof DAYS)[number]

/** The evening, where no other day says what is usual here; in minutes. */
const USUAL: QuietHours = { from: 18 * 60, to: 8 * 60 }

/** The hours of every week in which nobody is to call. */
export function QuietHoursChoice({ week, onWeek }: Props) {
  const usual = DAYS.map((day) => week[day]).find((hours) => hours !== null) ?? USUAL
  const put = (day: DayNumber, hours: QuietHours | null) => {
    const next: QuietWeek = [...week]
    next[day] = hours
    onWeek(next)
  }
  return (
    <>
      <h3>{m.notify_quiet()}</h3>
      <p>{m.notify_quiet_text()}</p>
      <ul class="quiet-hours">
        {DAYS.map((day) => (
          <DayRow
            key={day}
            name={dayName(day)}
            hours={week[day]}
            onQuiet={(quiet) => put(day, quiet ? usual : null)}
            onHours={(hours) => put(day, hours)}
          />
        ))}
      </ul>
    </>
  )
}

type RowProps = {
  name: string
  hours: QuietHours | null
  onQuiet: (quiet: boolean) => void
  onHours: (hours: QuietHours) => void
}

function DayRow({ name, hours, onQuiet, onHours }: RowProps) {
  return (
    <li>
      <Checkbox label={name} checked={hours !== null} onChecked={onQuiet} />
      {hours && (
        <p class="quiet-hours-span">
          <span aria-hidden="true">{m.notify_quiet_from()}</span>
          <ClockField
            label={m.notify_quiet_from_of({ day: name })}
            minutes={hours.from}
            onMinutes={(from) => onHours({ ...hours, from })}
          />
          <span aria-hidden="true">{m.notify_quiet_to()}</span>
          <ClockField
            label={m.notify_quiet_to_of({ day: name })}
            minutes={hours.to}
            onMinutes={(to) => onHours({ ...hours, to })}
          />
          {hours.to <= hours.from && <span>{m.notify_quiet_next_day()}</span>}
        </p>
      )}
    </li>
  )
}

type ClockProps = { label: string; minutes: number; onMinutes: (minutes: number) => void }

/** A time of the day, in minutes since midnight. */
function ClockField({ label, minutes, onMinutes }: ClockProps) {
  return (
    <input
      type="time"
      aria-label={label}
      value={clockWords(minutes)}
      onChange={(event) => {
        const [hour, minute] = event.currentTarget.value.split(':').map(Number)
        // Emptied: it stays what it was.
        if (hour === undefined || minute === undefined) event.currentTarget.value = clockWords(minutes)
        else onMinutes(hour * 60 + minute)
      }}
    />
  )
}

function clockWords(minutes: number): string {
  const two = (figure: number) => String(figure).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function dayName(day: DayNumber): string {
  // The fourth of January 1970 was a Sunday.
  return new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(1970, 0, 4 + day),
  )
}
