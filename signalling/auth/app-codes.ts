import { randomBytes } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { BetterAuth } from './better-auth.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const SECRET_LENGTH = 32
/** From showing the QR code to the first code from the app. */
const PENDING_MS = 15 * 60_000
/** Longer than the plugin takes a code for good: the step itself and one before and after it, 30 s each. */
const REMEMBERED_MS = 120_000

export type AppCodes = ReturnType<typeof makeAppCodes>

/** Secrets of authenticator apps that are not proven yet, and the codes that were used (the plugin would take one again). */
export function makeAppCodes(auth: BetterAuth) {
  const usedName = (technician: TechnicianId, code: string) => `app-code-${technician}-${code}`
  const pendingName = (technician: TechnicianId) => `app-pending-${technician}`

  /** Encrypts for `twoFactor` rows, as the plugin reads them. */
  async function seal(data: string): Promise<string> {
    const { secretConfig } = await auth.$context
    return await symmetricEncrypt({ key: secretConfig, data })
  }

  async function unseal(data: string): Promise<string> {
    const { secretConfig } = await auth.$context
    return await symmetricDecrypt({ key: secretConfig, data })
  }

  /** A secret in base 32 (160 bits), and the form in which the plugin keeps one: encrypted. */
  async function drawSecret(): Promise<{ secret: string; sealed: string }> {
    const secret = [...randomBytes(SECRET_LENGTH)].map((byte) => BASE32[byte % BASE32.length]).join('')
    return { secret, sealed: await seal(`base32:${secret}`) }
  }

  async function keepPending(technician: TechnicianId, sealed: string): Promise<void> {
    const { internalAdapter } = await auth.$context
    await forgetPending(technician)
    const expiresAt = new Date(Date.now() + PENDING_MS)
    await internalAdapter.createVerificationValue({ identifier: pendingName(technician), value: sealed, expiresAt })
  }

  async function findPending(technician: TechnicianId): Promise<string | undefined> {
    const { internalAdapter } = await auth.$context
    const pending = await internalAdapter.findVerificationValue(pendingName(technician))
    return pending && pending.expiresAt.getTime() > Date.now() ? pending.value : undefined
  }

  async function forgetPending(technician: TechnicianId): Promise<void> {
    const { internalAdapter } = await auth.$context
    await internalAdapter.deleteVerificationByIdentifier(pendingName(technician))
  }

  /** @throws RefusedError `code-over` where this code was used before. */
  async function refuseUsed(technician: TechnicianId, code: string): Promise<void> {
    const { internalAdapter } = await auth.$context
    const used = await internalAdapter.findVerificationValue(usedName(technician, code))
    if (used && used.expiresAt.getTime() > Date.now()) throw new RefusedError({ code: 'code-over' })
  }

  async function use(technician: TechnicianId, code: string): Promise<void> {
    const { internalAdapter } = await auth.$context
    const expiresAt = new Date(Date.now() + REMEMBERED_MS)
    await internalAdapter.createVerificationValue({ identifier: usedName(technician, code), value: 'used', expiresAt })
  }

  return { seal, unseal, drawSecret, keepPending, findPending, forgetPending, refuseUsed, use }
}
