import { m } from '../../paraglide/messages.js'
import type { GroupSettings } from '../../protocol/people.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Choices } from '../ui/choices.tsx'
import { Field } from '../ui/field.tsx'
import { wholeNumber } from '../ui/whole-number.ts'
import { draftOfTargets, TargetFields, type TargetsDraft, targetsOfDraft } from './target-fields.tsx'

/** The settings as they are typed; what is typed stays while its box is off. */
export type GroupDraft = {
  assignment: GroupSettings['assignment']
  returns: boolean
  minutes: string
  targets: TargetsDraft
}

/** Where a group takes nothing back, and then does. */
const USUAL_MINUTES = 5

export function draftOf({ assignment, silentMinutes, ...targets }: GroupSettings): GroupDraft {
  return {
    assignment,
    returns: silentMinutes !== null,
    minutes: String(silentMinutes ?? USUAL_MINUTES),
    targets: draftOfTargets(targets),
  }
}

/** What the draft stands for, which the schema may refuse. */
export function settingsOf({ assignment, returns, minutes, targets }: GroupDraft): GroupSettings {
  return { assignment, silentMinutes: returns ? wholeNumber(minutes) : null, ...targetsOfDraft(targets) }
}

export function sameSettings(one: GroupSettings, other: GroupSettings): boolean {
  return (
    one.assignment === other.assignment &&
    one.silentMinutes === other.silentMinutes &&
    one.answerMinutes === other.answerMinutes &&
    one.resolveMinutes === other.resolveMinutes
  )
}

type Props = {
  draft: GroupDraft
  onDraft: (draft: GroupDraft) => void
  /** Settings that are none as they are typed. */
  wrong: ReadonlySet<unknown>
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
            error={wrong.has('silentMinutes') ? m.people_group_silent_minutes_wrong() : undefined}
            value={draft.minutes}
            onValue={(minutes) => onDraft({ ...draft, minutes })}
            inputMode="numeric"
            autocomplete="off"
            maxLength={4}
          />
        )}
      </div>
      <TargetFields draft={draft.targets} onDraft={(targets) => onDraft({ ...draft, targets })} wrong={wrong} />
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
