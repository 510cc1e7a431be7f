import { Hono } from 'hono'
import { AskResetRequest, LookRequest, RedeemResetRequest, type ResetReply } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { RESET_MS } from '../../protocol/limits.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { expelTechnician } from '../socket/expel.ts'
import { systemErrorCode } from '../start-error.ts'
import { writeLog } from '../store/log.ts'
import { addReset, findReset, useReset } from '../store/password-resets.ts'
import { findVault, keepVault } from '../store/vaults.ts'
import { accountKey } from './attempts.ts'
import { readBody } from './body.ts'
import { addressOf, type Env } from './request.ts'

const STRANGER = { kind: 'stranger' } as const

const OVER = { code: 'reset-over' } as const

/** `origin` is the one that links begin with. */
export function passwordResetRoutes(services: Services, origin: string): Hono<Env> {
  const { auth, store, throttles, setup, live, log } = services
  const { accounts } = auth
  return (
    new Hono<Env>()
      // Lets in: anyone, counted by address and by account. Whether there is such an account does not show in the answer, nor
      // in its time: all that depends on it comes after it.
      .post('/password-resets', async (c) => {
        const ask = await readBody(c, AskResetRequest)
        await throttles.resetsPerAddress.take(addressOf(services, c))
        await throttles.resetsPerAccount.take(accountKey(ask.email))
        setImmediate(() => {
          mailReset(services, origin, ask).catch((error: unknown) => {
            // What a mail server says of it may have the address in it.
            log.error({ reason: systemErrorCode(error) }, 'a link to reset a password could not be mailed')
          })
        })
        return c.body(null, 204)
      })
      // Lets in: whoever holds the link; here and below.
      .post('/password-resets/look', async (c) => {
        await throttles.linksPerAddress.take(addressOf(services, c))
        const { token } = await readBody(c, LookRequest)
        const technician = await findReset(store.db, token, Date.now())
        const account = technician && (await accounts.findAccount(technician))
        const { organisation } = setup.instance
        if (!account?.active || organisation === null) throw new RefusedError(OVER)
        const found = await findVault(store.db, account.id)
        const vault = found && { publicKey: found.publicKey, byRecoveryCode: found.byRecoveryCode }
        return c.json({ email: account.email, organisation, vault } satisfies ResetReply)
      })
      .post('/password-resets/redeem', async (c) => {
        await throttles.linksPerAddress.take(addressOf(services, c))
        const { token, signInKey, vault } = await readBody(c, RedeemResetRequest)
        const owner = await findReset(store.db, token, Date.now())
        const account = owner && (await accounts.findAccount(owner))
        if (!account?.active) throw new RefusedError(OVER)
        const hash = await auth.hashSignInKey(signInKey)
        const technician = await store.db.transaction().execute(async (trx) => {
          const used = await useReset(trx, token, Date.now())
          if (used === undefined) throw new RefusedError(OVER)
          await accounts.replaceSignInKey(trx, used, hash)
          await keepVault(trx, used, vault)
          // With the new password or not at all: whatever ends this process, no old sign-in outlives the reset.
          await auth.sessions.endAll(used, trx)
          // By the link alone: whoever holds it need not be the account's owner.
          await writeLog(trx, { at: Date.now(), by: STRANGER, whom: used, event: { what: 'password-reset' } })
          return used
        })
        // Once more, for the sign-ins that were under way.
        await auth.endSignIns(technician)
        expelTechnician(live, technician)
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}

async function mailReset(services: Services, origin: string, { email, language }: AskResetRequest): Promise<void> {
  const { auth, store, mail, setup } = services
  const account = await auth.accounts.findByEmail(email)
  const { organisation } = setup.instance
  if (!account?.active || organisation === null) return
  const token = await addReset(store.db, account.id, Date.now() + RESET_MS)
  await mail.send({ kind: 'reset', to: account.email, language, organisation, link: `${origin}/reset#${token}` })
}
