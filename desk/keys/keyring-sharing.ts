import { identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { type RefusalCode, RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import { type KeyringsReply, PublicKey, type Reader, type SealedKeyring } from '../../protocol/keys.ts'
import type { ServerClient } from '../server/server.ts'
import type { HeldIdentity } from './identity.ts'
import { addEpoch, beginKeyring, KeyringError, type OpenKeyring, openKeyring, sealKeyring } from './keyring.ts'
import { planKeyring } from './keyring-plan.ts'

/** How this browser stands with the keys of one group. */
export type GroupKeys =
  | { kind: 'ready'; keyring: OpenKeyring }
  /** Somebody who has the keys must seal them to us; that happens by itself as soon as one of them has a browser open. */
  | { kind: 'waiting-for-a-colleague' }
  /** This browser does not have the account's identity: sign in again. */
  | { kind: 'no-keys-here' }

/** Of each group that one is to read. */
export type Sharing = ReadonlyMap<GroupId, GroupKeys>

export type SharingParts = {
  server: Pick<ServerClient, 'keyrings' | 'sealKeyring'>
  /** Undefined where this browser has none. */
  identity: HeldIdentity | undefined
  technician: TechnicianId
  signal: AbortSignal
}

/** Each lost race means that a colleague got further, so a few are enough. */
const ROUNDS = 5

/**
 * One round: reads the keyrings, opens those that it can, makes one where there is none, and seals anew where the readers are
 * not those that are wanted. Again where a colleague was first. One at a time for all windows of a browser.
 * @throws RefusedError where the server is not reached, or does not know the sign-in any more
 */
export async function shareKeyrings(parts: SharingParts): Promise<Sharing> {
  const { signal, technician } = parts
  if (!('locks' in navigator)) return await settle(parts)
  return await navigator.locks.request(`deskside-keyrings:${technician}`, { signal }, () => settle(parts))
}

async function settle(parts: SharingParts): Promise<Sharing> {
  const { server, identity, technician, signal } = parts
  const me = identity && { technician, publicKey: v.parse(PublicKey, await identityToRecipient(identity)), identity }
  for (let round = 1; ; round++) {
    const { groups } = await server.keyrings(signal)
    const sharing = new Map<GroupId, GroupKeys>()
    let overtaken = false
    for (const entry of groups) {
      const keys: Settled = me ? await settleGroup(server, entry, me, signal) : { kind: 'no-keys-here' }
      if (keys.kind === 'overtaken') overtaken = true
      // Until it is known what the colleague made of it, nothing is to be sealed with what was there before.
      sharing.set(entry.group, keys.kind === 'overtaken' ? { kind: 'waiting-for-a-colleague' } : keys)
    }
    if (!overtaken || round === ROUNDS) return sharing
  }
}

type Settled = GroupKeys | { kind: 'overtaken' }
type Entry = KeyringsReply['groups'][number]
type Self = Reader & { identity: HeldIdentity }

async function settleGroup(
  server: SharingParts['server'],
  { group, keyring, wanted }: Entry,
  me: Self,
  signal: AbortSignal,
): Promise<Settled> {
  const plan = planKeyring({ keyring, wanted }, me)
  if (plan.kind === 'no-keys-here') return plan
  if (plan.kind === 'wait') return { kind: 'waiting-for-a-colleague' }
  if (plan.kind === 'begin') return await seal(await beginKeyring(group, plan.epoch), plan.after)
  const opened = keyring && (await openOwn(group, keyring, me.identity))
  if (!opened) return { kind: 'waiting-for-a-colleague' }
  if (plan.seal === 'no') return { kind: 'ready', keyring: opened }
  return await seal(plan.seal === 'fresh-epoch' ? await addEpoch(opened) : opened, keyring.revision)

  async function seal(next: OpenKeyring, after: number): Promise<Settled> {
    try {
      await server.sealKeyring(group, { ...(await sealKeyring(next, wanted)), after }, signal)
      return { kind: 'ready', keyring: next }
    } catch (error) {
      if (error instanceof RefusedError && OVERTAKEN.has(error.refusal.code)) return { kind: 'overtaken' }
      throw error
    }
  }
}

/** Somebody was first; or the group, or our place in it, went in the meantime. Reading again tells. */
const OVERTAKEN: ReadonlySet<RefusalCode> = new Set(['conflict', 'not-found', 'forbidden'])

/** Undefined where it does not open although it says that it was sealed to us: a colleague's next seal may put it right. */
async function openOwn(
  group: GroupId,
  keyring: SealedKeyring,
  identity: HeldIdentity,
): Promise<OpenKeyring | undefined> {
  try {
    return await openKeyring(group, keyring, identity)
  } catch (error) {
    if (error instanceof KeyringError) return undefined
    throw error
  }
}
