import type { Me, SignedIn } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { Client } from '../auth/technician.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import { findVault } from '../store/vaults.ts'

type Needs = Pick<Services, 'auth' | 'setup' | 'store'>

/** The technician as the protocol tells of oneself. */
export async function describeMe({ auth, setup, store }: Needs, technician: TechnicianId): Promise<Me> {
  const account = await auth.accounts.findAccount(technician)
  const { organisation } = setup.instance
  if (!account || organisation === null) throw new RefusedError({ code: 'unavailable' })
  const { id, name, email, admin, language } = account
  const { on, required, app } = await auth.twoStep.status(id)
  const vault = await findVault(store.db, id)
  const publicKey = vault?.publicKey ?? null
  return { id, name, email, admin, organisation, language, twoStep: { on, required, app }, publicKey }
}

/** What goes with a new token. */
export async function describeSignIn(
  services: Needs,
  { technician, token, device }: { technician: TechnicianId } & Pick<SignedIn, 'token' | 'device'>,
): Promise<SignedIn> {
  const me = await describeMe(services, technician)
  const vault = await findVault(services.store.db, technician)
  return { kind: 'signed-in', token, me, vault, ...(device !== undefined && { device }) }
}

/** Signs in whoever just proved the right to it otherwise: by the setup link or an invitation. No second step is asked for. */
export async function signInByLink(
  services: Needs,
  technician: TechnicianId,
  client: Client,
  way: 'setup' | 'invitation',
): Promise<SignedIn> {
  const token = await services.auth.sessions.open(technician, client)
  await writeLog(services.store.db, { at: Date.now(), by: technician, event: { what: 'signed-in', way } })
  return await describeSignIn(services, { technician, token })
}
