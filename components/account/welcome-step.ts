import { type LinkKind, type PastedAddress, readAddress } from '../../desk/account/address.ts'
import type { LastServer } from '../../desk/account/settings.ts'
import { checkServer, type ServerCheck, ServerClient } from '../../desk/server/server.ts'
import type { InstanceReply, ResetReply } from '../../protocol/account.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { InvitationReply } from '../../protocol/people.ts'

/** Why an address leads nowhere. */
export type AddressProblem =
  | Exclude<PastedAddress['kind'], LinkKind | 'server'>
  | Exclude<ServerCheck['kind'], 'deskside'>
  /** A fresh server, without its setup link. */
  | 'not-set-up'

/** A server that answered, and what a link of it brought. */
type At = { origin: string; instance: InstanceReply }
type WithLink = At & { token: string }

/** Where somebody is who has no desk yet. */
export type Step =
  | { kind: 'address'; problem?: AddressProblem; refusal?: Refusal; checking: boolean }
  | ({ kind: 'setup' } & WithLink)
  | ({ kind: 'invitation'; invitation: InvitationReply } & WithLink)
  | ({ kind: 'reset'; account: ResetReply } & WithLink)
  /** A reset made new keys. */
  | { kind: 'recovery-code'; code: string; origin: string; organisation: string; email: string }
  /** The link was used, or is too old. */
  | { kind: 'link-over'; link: LinkKind; origin: string; organisation: string | undefined }
  | {
      kind: 'sign-in'
      origin: string
      organisation: string | undefined
      email: string
      /** What was done just before. */
      after: 'nothing' | 'reset'
    }
  | { kind: 'forgotten'; origin: string; organisation: string | undefined; email: string }

export function firstStep(last: LastServer | undefined): Step {
  return last
    ? { kind: 'sign-in', origin: last.origin, organisation: undefined, email: last.email, after: 'nothing' }
    : { kind: 'address', checking: false }
}

/** Where an address leads that was pasted or handed over. Rejects only when aborted. */
export async function follow(text: string, last: LastServer | undefined, signal: AbortSignal): Promise<Step> {
  const address = readAddress(text)
  if (address.kind === 'not-an-address' || address.kind === 'insecure') return nowhere(address.kind)
  const { origin } = address
  const found = await checkServer(origin, signal)
  if (found.kind !== 'deskside') return nowhere(found.kind)
  const { instance } = found
  const organisation = instance.organisation ?? undefined
  if (address.kind === 'setup') {
    if (!instance.ready) return { kind: 'setup', origin, instance, token: address.token }
    return { kind: 'link-over', link: 'setup', origin, organisation }
  }
  if (!instance.ready) return nowhere('not-set-up')
  if (address.kind === 'server') {
    const email = last?.origin === origin ? last.email : ''
    return { kind: 'sign-in', origin, organisation, email, after: 'nothing' }
  }
  try {
    return await look(address.kind, { origin, instance, token: address.token }, signal)
  } catch (cause) {
    if (!(cause instanceof RefusedError)) throw cause
    if (!/^(invitation|reset)-over$/.test(cause.refusal.code)) {
      return { kind: 'address', refusal: cause.refusal, checking: false }
    }
    return { kind: 'link-over', link: address.kind, origin, organisation }
  }
}

async function look(kind: 'invitation' | 'reset', at: WithLink, signal: AbortSignal): Promise<Step> {
  const routes = new ServerClient({ origin: at.origin }).account
  const { token } = at
  if (kind === 'reset') return { kind, account: await routes.lookAtReset({ token }, signal), ...at }
  return { kind, invitation: await routes.lookAtInvitation({ token }, signal), ...at }
}

function nowhere(problem: AddressProblem): Step {
  return { kind: 'address', problem, checking: false }
}
