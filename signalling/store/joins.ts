import type { TicketId, Time, Token } from '../../protocol/ids.ts'
import { hashToken, type TokenHash } from '../tokens.ts'
import type { Store } from './store.ts'

/** A customer's right to one ticket. Its token is known to the customer only. */
export type Join = { id: TokenHash; ticket: TicketId; expiresAt: Time }

export async function addJoin(
  { db }: Pick<Store, 'db'>,
  join: { token: Token; ticket: TicketId; now: Time; expiresAt: Time },
): Promise<void> {
  const { token, ticket, now, expiresAt } = join
  await db
    .insertInto('joins')
    .values({ token_hash: hashToken(token), ticket, created_at: now, expires_at: expiresAt })
    .execute()
}

/** The join that a token stands for, unless it is unknown, killed or too old. */
export async function findJoin({ db }: Pick<Store, 'db'>, token: Token, now: Time): Promise<Join | undefined> {
  const row = await db
    .selectFrom('joins')
    .select(['token_hash', 'ticket', 'expires_at'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && { id: row.token_hash, ticket: row.ticket, expiresAt: row.expires_at }
}

/** Kills the token for good. */
export async function killJoin({ db }: Pick<Store, 'db'>, id: TokenHash): Promise<void> {
  await db.deleteFrom('joins').where('token_hash', '=', id).execute()
}

export async function forgetOldJoins({ db }: Pick<Store, 'db'>, now: Time): Promise<void> {
  await db.deleteFrom('joins').where('expires_at', '<=', now).execute()
}
