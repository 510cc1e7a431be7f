import { readAccount } from '../account/settings.ts'
import { isDeskLed } from '../leader.ts'
import { ServerClient } from '../server/server.ts'
import { readIdentity } from './identity.ts'
import { shareKeyrings } from './keyring-sharing.ts'

/** A worker that waits longer than this is put to sleep anyway, in ms. */
const LIMIT_MS = 25_000

/**
 * One round of sharing keys while no desk is open, so that colleagues need not wait for one. Does nothing without a signed-in
 * account with its keys here; what goes wrong is tried again at the next alarm.
 */
export async function shareInBackground(): Promise<void> {
  try {
    if (await isDeskLed()) return
    const account = await readAccount()
    const identity = account && (await readIdentity(account.me.id))
    if (!account || !identity) return
    const { origin, token, me } = account
    const server = new ServerClient({ origin, token: () => token })
    await shareKeyrings({ server, identity, technician: me.id, signal: AbortSignal.timeout(LIMIT_MS) })
  } catch {
    // Offline, signed out elsewhere, or no IndexedDB: the desk says so when it is opened.
  }
}
