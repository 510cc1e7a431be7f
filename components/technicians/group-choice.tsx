import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import type { Group } from '../../protocol/people.ts'
import { Checkbox } from '../ui/checkbox.tsx'

type Props = {
  label: string
  groups: readonly Group[]
  chosen: ReadonlySet<GroupId>
  onChoose: (chosen: ReadonlySet<GroupId>) => void
  hint?: string | undefined
  error?: string | undefined
}

/** Any of the groups. */
export function GroupChoice({ label, groups, chosen, onChoose, hint, error }: Props) {
  return (
    <fieldset class="checkboxes">
      <legend>{label}</legend>
      {groups.length === 0 && <p class="field-hint">{m.people_no_other_group()}</p>}
      <div class="group-choice-list">
        {groups.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.has(id)}
            onChecked={(checked) => {
              const next = new Set(chosen)
              if (checked) next.add(id)
              else next.delete(id)
              onChoose(next)
            }}
          />
        ))}
      </div>
      {hint && <p class="field-hint">{hint}</p>}
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
