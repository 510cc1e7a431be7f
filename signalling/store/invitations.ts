import type { Kysely } from 'kysely'
import type { Email } from '../../protocol/account.ts'
import type { GroupId, InvitationId, Language, TechnicianId, Time } from '../../protocol/ids.ts'
import type { Delivery, InvitationRow, InviteVerdict } from '../../protocol/people.ts'
import type { TokenHash } from '../tokens.ts'
import { findGroups } from './groups.ts'
import { writeLog } from './log.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

type Db = Pick<Store, 'db'>

export type NewInvitation = {
  id: InvitationId
  email: Email
  tokenHash: TokenHash
  groups: readonly GroupId[]
  admin: boolean
  twoStep: boolean
  language: Language
  inviter: TechnicianId
  createdAt: Time
  expiresAt: Time
  delivery: Delivery
}

/**
 * Writes one invitation and its groups, whole or not at all. One to the same address that is too old makes way.
 * @param unmailable a second step is asked for and no mail server is there: said only where nothing else is wrong.
 */
export async function addInvitation(
  { db }: Db,
  invitation: NewInvitation,
  unmailable: boolean,
): Promise<Exclude<InviteVerdict, 'malformed-address' | 'duplicate'>> {
  const { id, email, groups, createdAt } = invitation
  return await db.transaction().execute(async (trx) => {
    if (await hasAccount(trx, email)) return 'already-technician'
    const open = trx
      .selectFrom('invitations')
      .select('id')
      .where('email', '=', email)
      .where('expires_at', '>', createdAt)
    if (await open.executeTakeFirst()) return 'already-invited'
    const known = await findGroups(trx, [...new Set(groups)])
    if (known.length < new Set(groups).size) return 'unknown-group'
    if (unmailable) return 'no-mail'
    await trx.deleteFrom('invitations').where('email', '=', email).where('expires_at', '<=', createdAt).execute()
    const added = await trx
      .insertInto('invitations')
      .values(toRow(invitation))
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return 'already-invited'
    const chosen = known.map((group) => ({ invitation: id, group_id: group.id }))
    if (chosen.length > 0) await trx.insertInto('invitation_groups').values(chosen).execute()
    const { admin, twoStep, inviter } = invitation
    const event = { what: 'invited', address: email, admin, twoStep } as const
    // In one group it is that one's; in several, nobody's alone.
    const group = known.length === 1 ? known[0]?.id : null
    await writeLog(trx, { at: createdAt, by: inviter, group: group ?? null, event })
    return 'invited'
  })
}

/** Every invitation that was neither redeemed nor revoked, the newest first. */
export async function listInvitations({ db }: Db): Promise<InvitationRow[]> {
  const rows = await db.selectFrom('invitations').selectAll().orderBy('created_at', 'desc').orderBy('email').execute()
  const chosen = Map.groupBy(await db.selectFrom('invitation_groups').selectAll().execute(), (row) => row.invitation)
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    groups: (chosen.get(row.id) ?? []).map(({ group_id }) => group_id),
    admin: row.admin === 1,
    twoStep: row.two_step === 1,
    language: row.language,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    delivery: row.delivery,
  }))
}

/** What a link stands for, unless it is used, revoked, too old or its address is a technician's by now. */
export async function findInvitation(db: Kysely<Schema>, tokenHash: TokenHash, now: Time) {
  const row = await db
    .selectFrom('invitations')
    .innerJoin('user', 'user.id', 'invitations.inviter')
    .selectAll('invitations')
    .select('user.name as inviterName')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!row || (await hasAccount(db, row.email))) return undefined
  const groups = await db
    .selectFrom('invitation_groups')
    .innerJoin('groups', 'groups.id', 'invitation_groups.group_id')
    .select(['groups.id', 'groups.name'])
    .where('invitation', '=', row.id)
    .orderBy('groups.folded')
    .execute()
  return { ...row, groups }
}

/** @returns false where somebody was first: then it is not the caller's. */
export async function takeInvitation(trx: Kysely<Schema>, tokenHash: TokenHash): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('invitations').where('token_hash', '=', tokenHash).executeTakeFirst()
  return numDeletedRows === 1n
}

/** A new token and a new week; the link before is void. @returns what is in the mail, or undefined where there is none. */
export async function renewInvitation(
  { db }: Db,
  id: InvitationId,
  next: { tokenHash: TokenHash; expiresAt: Time; delivery: Delivery; by: TechnicianId; now: Time },
): Promise<{ email: string; language: Language } | undefined> {
  const { tokenHash, expiresAt, delivery, by, now } = next
  return await db.transaction().execute(async (trx) => {
    const renewed = await trx
      .updateTable('invitations')
      .set({ token_hash: tokenHash, expires_at: expiresAt, delivery })
      .where('id', '=', id)
      .returning(['email', 'language'])
      .executeTakeFirst()
    if (renewed) {
      await writeLog(trx, { at: now, by, event: { what: 'invitation-resent', address: renewed.email } })
    }
    return renewed
  })
}

/** @returns the address, or undefined where there was no such invitation. */
export async function revokeInvitation({ db }: Db, id: InvitationId, by: TechnicianId): Promise<string | undefined> {
  return await db.transaction().execute(async (trx) => {
    const row = await trx.deleteFrom('invitations').where('id', '=', id).returning('email').executeTakeFirst()
    if (row) await writeLog(trx, { at: Date.now(), by, event: { what: 'invitation-revoked', address: row.email } })
    return row?.email
  })
}

export async function isCurrent({ db }: Db, tokenHash: TokenHash): Promise<boolean> {
  const row = await db.selectFrom('invitations').select('id').where('token_hash', '=', tokenHash).executeTakeFirst()
  return row !== undefined
}

/** Where the mail is, unless another one was asked for meanwhile. */
export async function setDelivery({ db }: Db, tokenHash: TokenHash, delivery: Delivery): Promise<void> {
  await db.updateTable('invitations').set({ delivery }).where('token_hash', '=', tokenHash).execute()
}

/** An admin passed the mail on by hand. */
export async function setPassedOn({ db }: Db, email: string): Promise<void> {
  const waiting = db.updateTable('invitations').where('email', '=', email).where('delivery', '=', 'outbox')
  await waiting.set({ delivery: 'sent' }).execute()
}

/** Mails that waited in a memory that is gone: an admin sends them again. */
export async function failLostDeliveries({ db }: Db): Promise<void> {
  const lost = db.updateTable('invitations').where('delivery', 'in', ['queued', 'outbox'])
  await lost.set({ delivery: 'failed' }).execute()
}

async function hasAccount(db: Kysely<Schema>, email: string): Promise<boolean> {
  return (await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()) !== undefined
}

function toRow(invitation: NewInvitation): Schema['invitations'] {
  return {
    id: invitation.id,
    email: invitation.email,
    token_hash: invitation.tokenHash,
    admin: invitation.admin ? 1 : 0,
    two_step: invitation.twoStep ? 1 : 0,
    language: invitation.language,
    inviter: invitation.inviter,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
    delivery: invitation.delivery,
  }
}
