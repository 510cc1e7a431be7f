import { type ReadonlySignal, signal } from '@preact/signals'
import type { SignedInReply } from '../protocol/http.ts'
import { ServerClient } from './server.ts'
import { type Account, forgetAccount, keepAccount, type LastServer, readAccount, readLastServer } from './settings.ts'

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
  /** After setup and after sign-in. */
  enter(origin: string, reply: SignedInReply): Promise<void>
  /** Ends the sign-in here, and at the server if it can be reached. */
  leave(): Promise<void>
  signInOver(): void
  /** Forgets the remembered server: back to the first run. */
  chooseAnotherServer(): void
}

/** Reads the kept sign-in, and holds it from then on. */
export function keepAccountState(): AccountKeeper {
  const state = signal<AccountState>({ kind: 'starting' })
  readKept().then((kept) => {
    if (state.value.kind === 'starting') state.value = kept
  })

  return {
    state,
    async enter(origin, { token, me }) {
      const account: Account = { origin, token, me }
      await keepAccount(account)
      state.value = { kind: 'signed-in', account }
    },
    async leave() {
      const before = state.value
      if (before.kind !== 'signed-in' && before.kind !== 'sign-in-over') return
      const { origin, token, me } = before.account
      state.value = { kind: 'signed-out', last: { origin, email: me.email } }
      await forgetAccount()
      // The token dies by itself too; being offline must not keep anybody signed in here.
      await new ServerClient({ origin, token: () => token }).signOut().catch(() => {})
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
