import * as v from 'valibot'
import { type GroupId, Language, SignInId, TechnicianId, type Time } from '../../protocol/ids.ts'

/** An account, as better-auth's adapter reads it. */
export const Account = v.object({
  id: TechnicianId,
  name: v.string(),
  email: v.string(),
  admin: v.boolean(),
  active: v.boolean(),
  language: Language,
  twoStepOn: v.boolean(),
  twoStepRequired: v.boolean(),
})
export type Account = v.InferOutput<typeof Account>

/** One sign-in, as better-auth's adapter reads it. */
export const Session = v.object({
  id: SignInId,
  expiresAt: v.date(),
  createdAt: v.date(),
  lastUsedAt: v.nullish(v.number()),
  userAgent: v.nullish(v.string()),
  ipAddress: v.nullish(v.string()),
})
export type Session = v.InferOutput<typeof Session>

/** Who is signed in, as HTTP routes and sockets need it. */
export type Technician = Pick<Account, 'id' | 'name' | 'email' | 'admin'> & { groups: GroupId[] }

/** One sign-in of a technician; `session` names it without being a token. */
export type SignedIn = { technician: Technician; session: SignInId; expiresAt: Time }

/** A signed-in technician and the token that says so. */
export type Who = SignedIn & { token: string }

/** The browser that signs in: its own description of itself, and where it comes from. */
export type Client = { userAgent: string; address: string }

export function toTechnician({ id, name, email, admin }: Account, groups: GroupId[]): Technician {
  return { id, name, email, admin, groups }
}
