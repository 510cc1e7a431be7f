import { m } from '../../paraglide/messages.js'
import type { GroupSettings } from '../../protocol/people.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Choices } from '../ui/choices.tsx'
import { Field } from '../ui/field.tsx'

/** The settings as they are typed; `minutes` stays while `returns` is off. */
export type GroupDraft = { assignment: GroupSettings['assignment']; returns: boolean; minutes: string }

/** Where a group takes nothing back, and then does. */
const USUAL_MINUTES = 5

export function draftOf({ assignment, silentMinutes }: GroupSettings): GroupDraft {
  return { assignment, returns: silentMinutes !== null, minutes: String(silentMinutes ?? USUAL_MINUTES) }
}

/** What the draft stands for, which the schema may refuse. */
export function settingsOf({ assignment, returns, minutes }: GroupDraft): GroupSettings {
  const figure = minutes.trim()
  return { assignment, silentMinutes: returns ? (/^\d+$/.test(figure) ? Number(figure) : Number.NaN) : null }
}

export function sameSettings(one: GroupSettings, other: GroupSettings): boolean {
  return one.assignment === other.assignment && one.silentMinutes === other.silentMinutes
}

type Props = {
  draft: GroupDraft
  onDraft: (draft: GroupDraft) => void
  /** The minutes are none. */
  wrong: boolean
}

/** How a group's queue runs by itself, each choice with what it does. */
export function GroupSettingsFields({ draft, onDraft, wrong }: Props) {
  return (
    <>
      <div class="group-setting">
        <Choices
          legend={m.people_group_assignment()}
          options={[
            { value: 'off', name: m.people_group_assignment_off() },
            { value: 'round-robin', name: m.people_group_assignment_round_robin() },
            { value: 'least-busy', name: m.people_group_assignment_least_busy() },
          ]}
          chosen={draft.assignment}
          onChoose={(assignment) => onDraft({ ...draft, assignment })}
          stacked
        />
        <p class="field-hint" role="status">
          {assignmentText(draft.assignment)}
        </p>
      </div>
      <div class="group-setting">
        <Checkbox
          label={m.people_group_silence()}
          hint={m.people_group_silence_text()}
          checked={draft.returns}
          onChecked={(returns) => onDraft({ ...draft, returns })}
        />
        {draft.returns && (
          <Field
            class="group-minutes"
            label={m.people_group_silent_minutes()}
            error={wrong ? m.people_group_silent_minutes_wrong() : undefined}
            value={draft.minutes}
            onValue={(minutes) => onDraft({ ...draft, minutes })}
            inputMode="numeric"
            autocomplete="off"
            maxLength={4}
          />
        )}
      </div>
    </>
  )
}

function assignmentText(assignment: GroupSettings['assignment']): string {
  switch (assignment) {
    case 'off':
      return m.people_group_assignment_off_text()
    case 'round-robin':
      return m.people_group_assignment_round_robin_text()
    case 'least-busy':
      return m.people_group_assignment_least_busy_text()
  }
}
