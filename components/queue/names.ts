import { m } from '../../paraglide/messages.js'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'

/** How technicians and groups are called, also those whom one may not see (any more). */
export type Names = {
  technician(id: TechnicianId): string
  group(id: GroupId): string
}

export function useNames(): Names {
  const { people } = useWorkplace().desk
  const names = people.names.value
  const groups = people.groupNames.value
  return {
    technician: (id) => names.get(id) ?? m.queue_somebody(),
    group: (id) => groups.get(id) ?? m.queue_other_group(),
  }
}
