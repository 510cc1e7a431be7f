import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { Email } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { InvitationId, Time } from '../../protocol/ids.ts'
import { INVITATION_MS } from '../../protocol/limits.ts'
import type { Invitee, InviteRequest, InviteVerdict } from '../../protocol/people.ts'
import type { Technician } from '../auth.ts'
import type { Services } from '../services.ts'
import { addInvitation, renewInvitation, revokeInvitation } from '../store/invitations.ts'
import { drawInvitationId, drawToken, hashToken } from '../tokens.ts'
import { broadcastPeople } from './broadcast.ts'

type Needs = Pick<Services, 'store' | 'mail' | 'deliveries' | 'live' | 'setup'>

const ROWS_AT_ONCE = 8

/** Who invites, what links begin with, and when. */
export type Inviting = { inviter: Technician; origin: string; now: Time }

/** Each row by itself, in one transaction: its invitation is there whole, or not at all. @returns a verdict a row, in their order. */
export async function invite(
  needs: Needs,
  by: Inviting,
  { language, invitees }: InviteRequest,
): Promise<InviteVerdict[]> {
  const seen = new Set<Email>()
  const verdicts: InviteVerdict[] = []
  for (const invitee of invitees) {
    // The embedded database answers at once: without this nobody else would be served until the last row.
    if (verdicts.length % ROWS_AT_ONCE === 0) await setImmediate()
    const read = v.safeParse(Email, invitee.email)
    if (!read.success) {
      verdicts.push('malformed-address')
    } else if (seen.has(read.output)) {
      verdicts.push('duplicate')
    } else {
      seen.add(read.output)
      verdicts.push(await inviteOne(needs, by, { ...invitee, email: read.output }, language))
    }
  }
  if (verdicts.includes('invited')) broadcastPeople(needs)
  return verdicts
}

async function inviteOne(
  needs: Needs,
  by: Inviting,
  { email, groups, admin, twoStep }: v.InferOutput<typeof Invitee> & { email: Email },
  language: InviteRequest['language'],
): Promise<InviteVerdict> {
  const { store, mail } = needs
  const token = drawToken()
  const tokenHash = hashToken(token)
  const expiresAt = by.now + INVITATION_MS
  const verdict = await addInvitation(
    store,
    {
      id: drawInvitationId(),
      email,
      tokenHash,
      groups,
      admin,
      twoStep,
      language,
      inviter: by.inviter.id,
      createdAt: by.now,
      expiresAt,
      delivery: mail.kind === 'smtp' ? 'queued' : 'outbox',
    },
    twoStep && mail.kind === 'outbox',
  )
  if (verdict === 'invited') await post(needs, by, { email, language, token, expiresAt })
  return verdict
}

/** A new link by a new mail; the one before is void. @throws RefusedError `not-found`. */
export async function resend(needs: Needs, by: Inviting, id: InvitationId): Promise<void> {
  const { store, mail } = needs
  const token = drawToken()
  const next = {
    tokenHash: hashToken(token),
    expiresAt: by.now + INVITATION_MS,
    by: by.inviter.id,
    now: by.now,
  }
  const renewed = await renewInvitation(store, id, { ...next, delivery: mail.kind === 'smtp' ? 'queued' : 'outbox' })
  if (!renewed) throw new RefusedError({ code: 'not-found', about: 'invitation' })
  mail.withdrawInvitation(renewed.email)
  await post(needs, by, { ...renewed, token, expiresAt: next.expiresAt })
  broadcastPeople(needs)
}

/** @throws RefusedError `not-found`. */
export async function revoke({ store, mail, live }: Needs, by: Technician, id: InvitationId): Promise<void> {
  const email = await revokeInvitation(store, id, by.id)
  if (email === undefined) throw new RefusedError({ code: 'not-found', about: 'invitation' })
  mail.withdrawInvitation(email)
  broadcastPeople({ live })
}

async function post(
  { deliveries, setup }: Needs,
  { inviter, origin }: Inviting,
  of: { email: string; language: InviteRequest['language']; token: string; expiresAt: Time },
): Promise<void> {
  const { organisation } = setup.instance
  if (organisation === null) throw new RefusedError({ code: 'unavailable' })
  const letter = {
    kind: 'invitation' as const,
    to: of.email,
    language: of.language,
    organisation,
    inviter: inviter.name,
    link: `${origin}/invitation#${of.token}`,
    expiresAt: of.expiresAt,
  }
  await deliveries.add({ tokenHash: hashToken(of.token), letter })
}
