import { m } from '../../paraglide/messages.js'
import type { ServiceTargets } from '../../protocol/service-level.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { wholeNumber } from '../ui/whole-number.ts'

type Unit = 'minutes' | 'hours'

/** What a group promises, as it is typed. */
export type TargetsDraft = {
  answers: boolean
  answer: string
  resolves: boolean
  resolve: string
  unit: Unit
}

/** Where a group promises nothing, and then does. */
const USUAL_ANSWER = 15
const USUAL_RESOLVE = 8 * 60

export function draftOfTargets({ answerMinutes, resolveMinutes }: ServiceTargets): TargetsDraft {
  const resolve = resolveMinutes ?? USUAL_RESOLVE
  const unit: Unit = resolve % 60 === 0 ? 'hours' : 'minutes'
  return {
    answers: answerMinutes !== null,
    answer: String(answerMinutes ?? USUAL_ANSWER),
    resolves: resolveMinutes !== null,
    resolve: String(unit === 'hours' ? resolve / 60 : resolve),
    unit,
  }
}

/** What the draft stands for, which the schema may refuse. */
export function targetsOfDraft({ answers, answer, resolves, resolve, unit }: TargetsDraft): ServiceTargets {
  return {
    answerMinutes: answers ? wholeNumber(answer) : null,
    resolveMinutes: resolves ? wholeNumber(resolve) * (unit === 'hours' ? 60 : 1) : null,
  }
}

type Props = {
  draft: TargetsDraft
  onDraft: (draft: TargetsDraft) => void
  /** Settings that are none as they are typed. */
  wrong: ReadonlySet<unknown>
}

/** Until when a customer is to be answered, and a ticket resolved. */
export function TargetFields({ draft, onDraft, wrong }: Props) {
  return (
    <>
      <div class="group-setting">
        <Checkbox
          label={m.people_group_answer()}
          hint={m.people_group_answer_text()}
          checked={draft.answers}
          onChecked={(answers) => onDraft({ ...draft, answers })}
        />
        {draft.answers && (
          <Field
            class="group-minutes"
            label={m.people_group_answer_minutes()}
            error={wrong.has('answerMinutes') ? m.people_group_answer_wrong() : undefined}
            value={draft.answer}
            onValue={(answer) => onDraft({ ...draft, answer })}
            inputMode="numeric"
            autocomplete="off"
            maxLength={6}
          />
        )}
      </div>
      <div class="group-setting">
        <Checkbox
          label={m.people_group_resolve()}
          hint={m.people_group_resolve_text()}
          checked={draft.resolves}
          onChecked={(resolves) => onDraft({ ...draft, resolves })}
        />
        {draft.resolves && (
          <div class="group-target">
            <Field
              class="group-minutes"
              label={m.people_group_resolve_time()}
              error={wrong.has('resolveMinutes') ? m.people_group_resolve_wrong() : undefined}
              value={draft.resolve}
              onValue={(resolve) => onDraft({ ...draft, resolve })}
              inputMode="numeric"
              autocomplete="off"
              maxLength={6}
            />
            <SelectField<Unit>
              label={m.people_group_resolve_unit()}
              value={draft.unit}
              options={[
                { value: 'minutes', name: m.people_group_unit_minutes() },
                { value: 'hours', name: m.people_group_unit_hours() },
              ]}
              onValue={(unit) => onDraft({ ...draft, unit })}
            />
          </div>
        )}
      </div>
    </>
  )
}
