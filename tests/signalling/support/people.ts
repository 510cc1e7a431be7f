import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { SignedIn } from '../../../protocol/account.ts'
import { Group, InviteReply, type InviteVerdict, OutboxReply, PeopleReply } from '../../../protocol/people.ts'
import type { Reply, Running } from './server.ts'
import { SIGN_IN_KEY } from './server.ts'
import { vaultOf } from './vault.ts'

type Server = Pick<Running, 'ask'> & { token: string }

export async function askPeople(server: Server, token: string = server.token): Promise<PeopleReply> {
  const { body } = await server.ask('/api/people', undefined, token)
  return v.parse(PeopleReply, body)
}

export async function addGroup(server: Server, name: string): Promise<Group> {
  const { body } = await server.ask('/api/groups', { name }, server.token)
  return v.parse(Group, body)
}

/** A row of an invitation, in no group and without rights where `more` says nothing else. */
export function invitee(email: string, more: { groups?: string[]; admin?: boolean; twoStep?: boolean } = {}) {
  return { email, groups: [], admin: false, twoStep: false, ...more }
}

export async function invite(
  server: Server,
  invitees: ReturnType<typeof invitee>[],
  language: 'en' | 'fr' = 'en',
): Promise<InviteVerdict[]> {
  const { body } = await server.ask('/api/invitations', { language, invitees }, server.token)
  return v.parse(InviteReply, body).verdicts
}

export async function askOutbox(server: Server): Promise<OutboxReply['mails']> {
  const { body } = await server.ask('/api/outbox', undefined, server.token)
  return v.parse(OutboxReply, body).mails
}

/** The token of the invitation's link in a mail. */
export function tokenIn(text: string): string {
  return /\/invitation#([\w-]{43})$/m.exec(text)?.[1] ?? ''
}

/** Invites one and takes the token out of the outbox. */
export async function invitedToken(server: Server, row: ReturnType<typeof invitee>): Promise<string> {
  await invite(server, [row])
  const mails = await askOutbox(server)
  return tokenIn(mails.find(({ to }) => to === row.email)?.text ?? '')
}

export function redeem(server: Pick<Running, 'ask'>, token: string, name = 'Grace'): Promise<Reply> {
  return server.ask('/api/invitations/redeem', {
    token,
    name,
    language: 'fr',
    signInKey: SIGN_IN_KEY,
    vault: vaultOf(1),
  })
}

/** Another technician, who came by an invitation and is signed in. */
export async function signUp(server: Server, row: ReturnType<typeof invitee>, name = 'Grace'): Promise<SignedIn> {
  const { body } = await redeem(server, await invitedToken(server, row), name)
  return v.parse(SignedIn, body)
}

/** Asks again until it is so: what happens in the background has no other sign. */
export async function eventually<Value>(ask: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask()
    if (holds(value)) return value
    await setImmediate()
  }
}
