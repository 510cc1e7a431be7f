import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { ChangeTechnicianRequest, MoveRequest } from '../../protocol/people.ts'
import type { Technician } from '../auth.ts'
import { makeLanes } from '../lanes.ts'
import type { Services } from '../services.ts'
import { expelTechnician } from '../socket/expel.ts'
import { changeMember, listMembers, type Member, moveMembers } from '../store/members.ts'
import { releaseTickets } from '../tickets/releasing.ts'
import { broadcastPeople } from './broadcast.ts'
import { renewTechnician } from './online.ts'

type Needs = Pick<Services, 'store' | 'auth' | 'mail' | 'live'>

/** Rights change one after the other, until sockets go by them: of two changes no socket is left with the first one's. */
const lanes = makeLanes()

/**
 * Rights, second step and activity of one technician, as an admin decides; what is signed in follows at once.
 * @throws RefusedError `not-found`, `last-admin`, `forbidden` or `no-mail`.
 */
export async function changeTechnician(
  needs: Needs,
  by: Technician,
  id: TechnicianId,
  change: ChangeTechnicianRequest,
): Promise<Member> {
  const { store, auth, mail, live } = needs
  if (change.twoStepRequired === true && mail.kind === 'outbox' && !(await auth.twoStep.status(id)).app) {
    throw new RefusedError({ code: 'no-mail', about: 'twoStepRequired' })
  }
  const member = await lanes('rights', async () => {
    const changed = await changeMember(store, by.id, id, change)
    if (!changed.active) expelTechnician(live, id)
    else renewTechnician(live, memberAsTechnician(changed))
    return changed
  })
  broadcastPeople(needs)
  if (!member.active) await auth.endSignIns(id)
  await releaseTickets(needs, [id], by.id, Date.now())
  return member
}

/**
 * Moves all of them, or nobody; their sockets' rights follow, and what they may not see any more goes back to the queue.
 * @throws RefusedError `not-found`
 */
export async function moveTechnicians(
  needs: Pick<Needs, 'store' | 'live'>,
  by: Technician,
  move: MoveRequest,
): Promise<void> {
  const { store, live } = needs
  await lanes('rights', async () => {
    await moveMembers(store, by.id, move)
    for (const member of await listMembers(store)) {
      if (move.technicians.includes(member.id)) renewTechnician(live, memberAsTechnician(member))
    }
  })
  broadcastPeople(needs)
  await releaseTickets(needs, move.technicians, by.id, Date.now())
}

function memberAsTechnician({ id, name, email, admin, groups }: Member): Technician {
  return { id, name, email, admin, groups }
}
