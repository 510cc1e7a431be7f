import { type ReadonlySignal, signal } from '@preact/signals'
import type { DeviceToken, Me, SignedIn } from '../../protocol/account.ts'
import { forgetIdentity } from '../keys/identity.ts'
import { ServerClient } from '../server/server.ts'
import {
  type Account,
  forgetAccount,
  forgetDevice,
  keepAccount,
  keepDevice,
  type LastServer,
  readAccount,
  readLastServer,
} from './settings.ts'

/** Who uses this browser's desk. */
export type AccountState =
  | { kind: 'starting' }
  /** `last` is where one signed in before; without it this is the first run. */
  | { kind: 'signed-out'; last: LastServer | undefined }
  | { kind: 'signed-in'; account: Account }
  /** The server does not know the token any more. The desk stays as it is behind the sign-in. */
  | { kind: 'sign-in-over'; account: Account }

export type AccountKeeper = {
  readonly state: ReadonlySignal<AccountState>
  /** After setup, after sign-up and after sign-in. */
  enter(origin: string, reply: SignedIn): Promise<void>
  /** The server says how the account is now: its name, its rights, its second step. */
  update(me: Me): Promise<void>
  /** Ends the sign-in here, and at the server if it can be reached. The keys go; the trust in this device stays. */
  leave(): Promise<void>
  /** Ends every sign-in of the account, and the trust in its devices. @throws RefusedError where the server did not do it. */
  leaveEverywhere(): Promise<void>
  signInOver(): void
  /** Forgets the remembered server: back to the first run. */
  chooseAnotherServer(): void
}

/** Reads the kept sign-in, and holds it from then on. @param onEnter called while the press that signed in is still fresh */
export function keepAccountState(onEnter: () => void = () => {}): AccountKeeper {
  const state = signal<AccountState>({ kind: 'starting' })
  readKept().then((kept) => {
    if (state.value.kind === 'starting') state.value = kept
  })

  const present = () => {
    const { value } = state
    return value.kind === 'signed-in' || value.kind === 'sign-in-over' ? value.account : undefined
  }

  async function forget({ origin, me }: Account) {
    state.value = { kind: 'signed-out', last: { origin, email: me.email } }
    await Promise.allSettled([forgetAccount(), forgetIdentity(me.id)])
  }

  return {
    state,
    async enter(origin, { token, me, device }) {
      onEnter()
      const account: Account = { origin, token, me }
      await keep(account, device)
      state.value = { kind: 'signed-in', account }
    },
    async update(me) {
      const before = state.value
      if (before.kind !== 'signed-in' && before.kind !== 'sign-in-over') return
      if (before.account.me.id !== me.id || sameMe(before.account.me, me)) return
      const account = { ...before.account, me }
      state.value = { ...before, account }
      await keep(account)
    },
    async leave() {
      const account = present()
      if (!account) return
      await forget(account)
      // The token dies by itself too; being offline must not keep anybody signed in here.
      await clientOf(account)
        .signOut()
        .catch(() => {})
    },
    async leaveEverywhere() {
      const account = present()
      if (!account) return
      await clientOf(account).signOutEverywhere()
      await forget(account)
      await forgetDevice({ origin: account.origin, email: account.me.email }).catch(() => {})
    },
    signInOver() {
      const before = state.value
      if (before.kind === 'signed-in') state.value = { kind: 'sign-in-over', account: before.account }
    },
    chooseAnotherServer() {
      state.value = { kind: 'signed-out', last: undefined }
    },
  }
}

/** For the next start of this browser. Where nothing can be kept, the sign-in lasts as long as the desk is open. */
async function keep(account: Account, device?: DeviceToken): Promise<void> {
  const { origin, me } = account
  await Promise.allSettled([keepAccount(account), device && keepDevice({ origin, email: me.email }, device)])
}

async function readKept(): Promise<AccountState> {
  try {
    const account = await readAccount()
    if (account) return { kind: 'signed-in', account }
    return { kind: 'signed-out', last: await readLastServer() }
  } catch {
    // No IndexedDB (private window of some browsers): nothing was kept.
    return { kind: 'signed-out', last: undefined }
  }
}

function clientOf({ origin, token }: Account) {
  return new ServerClient({ origin, token: () => token }).account
}

function sameMe(one: Me, other: Me): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
