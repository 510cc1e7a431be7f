import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { InvitationReply, RedeemInvitationRequest } from '../../protocol/people.ts'
import { makeLanes } from '../lanes.ts'
import type { Services } from '../services.ts'
import { findInvitation, takeInvitation } from '../store/invitations.ts'
import { writeLog } from '../store/log.ts'
import { joinGroups } from '../store/members.ts'
import { keepVault } from '../store/vaults.ts'
import { hashToken } from '../tokens.ts'
import { broadcastPeople } from './broadcast.ts'

/** @throws RefusedError `invitation-over`. */
export async function lookAtInvitation(
  { store, setup }: Pick<Services, 'store' | 'setup'>,
  token: string,
): Promise<InvitationReply> {
  const found = await findInvitation(store.db, hashToken(token), Date.now())
  const { organisation } = setup.instance
  if (!found || organisation === null) throw new RefusedError({ code: 'invitation-over' })
  return {
    email: found.email,
    organisation,
    inviter: found.inviterName,
    groups: found.groups.map(({ name }) => name),
    admin: found.admin === 1,
    twoStep: found.two_step === 1,
    language: found.language,
    expiresAt: found.expires_at,
  }
}

const MEMBER = { what: 'member-added' } as const

/** Those who redeem one link at once come one after the other: all but the first do not even cost a hash. */
const lanes = makeLanes()

/**
 * Makes the invited address a technician, in the groups that are still there.
 * @returns the new account. @throws RefusedError `invitation-over` for everybody but the first.
 */
export async function redeemInvitation(
  { store, auth, mail, live }: Pick<Services, 'store' | 'auth' | 'mail' | 'live'>,
  { token, name, language, signInKey, vault }: RedeemInvitationRequest,
): Promise<TechnicianId> {
  const tokenHash = hashToken(token)
  return await lanes(tokenHash, async () => {
    const over = new RefusedError({ code: 'invitation-over' })
    if (!(await findInvitation(store.db, tokenHash, Date.now()))) throw over
    const signInKeyHash = await auth.hashSignInKey(signInKey)
    const redeemed = await store.db.transaction().execute(async (trx) => {
      const found = await findInvitation(trx, tokenHash, Date.now())
      if (!found || !(await takeInvitation(trx, tokenHash))) throw over
      const { email, admin, two_step } = found
      const account = { name, email, signInKeyHash, admin: admin === 1, language, twoStepRequired: two_step === 1 }
      const technician = await auth.addAccount(trx, account)
      const groups = found.groups.map(({ id }) => id)
      await joinGroups(trx, technician, groups)
      await keepVault(trx, technician, vault)
      const at = Date.now()
      const came = groups.map((group) => ({ at, by: technician, whom: technician, group, event: MEMBER }))
      await writeLog(trx, { at, by: technician, event: { what: 'joined' } }, ...came)
      return { email, technician }
    })
    mail.withdrawInvitation(redeemed.email)
    broadcastPeople({ live })
    return redeemed.technician
  })
}
