import { m } from '../../paraglide/messages.js'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import type { TechnicianRow } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { type Option, SelectField } from '../ui/select-field.tsx'

type Props = {
  /** Only who may have a ticket of all these groups is offered. */
  groups: readonly GroupId[]
  value: TechnicianId | null
  onValue: (assignee: TechnicianId | null) => void
  hint?: string
}

const NOBODY = ''

/** Who is to have a ticket: nobody, oneself, or a colleague of the group, with who is at the desk. */
export function AssigneeField({ groups, value, onValue, hint }: Props) {
  const { people, me } = useWorkplace().desk
  const able = (people.latest.value?.technicians ?? []).filter((row) => mayHave(row, groups))
  const others = able.filter(({ id }) => id !== me.id).sort(byPresence)
  const options: Option<TechnicianId | typeof NOBODY>[] = [
    { value: NOBODY, name: m.queue_assign_nobody() },
    { value: me.id, name: m.queue_assign_me({ name: me.name }) },
    ...others.map(({ id, name, online }) => ({ value: id, name: online ? m.queue_assign_online({ name }) : name })),
  ]
  return (
    <SelectField
      label={m.queue_assignee()}
      value={value ?? NOBODY}
      options={options}
      onValue={(chosen) => onValue(chosen === NOBODY ? null : chosen)}
      hint={hint}
    />
  )
}

/** Who is at the desk first, each by name. */
function byPresence(one: TechnicianRow, other: TechnicianRow): number {
  return Number(other.online) - Number(one.online) || one.name.localeCompare(other.name)
}

/** Whether a ticket of all these groups can be given to this one, or this one be invited to it. */
export function mayHave({ active, admin, groups: own }: TechnicianRow, groups: readonly GroupId[]): boolean {
  return active && (admin || groups.every((group) => own.includes(group)))
}
