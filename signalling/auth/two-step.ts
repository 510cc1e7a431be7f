import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { Lanes } from '../lanes.ts'
import type { Accounts } from './accounts.ts'
import type { AppCodes } from './app-codes.ts'
import { type BetterAuth, catchCode } from './better-auth.ts'
import { cookieHeader } from './cookies.ts'
import { drawRecoveryCodes, StoredCodes } from './recovery-codes.ts'
import type { Sessions } from './sessions.ts'
import { refusalOf } from './steps.ts'
import type { Who } from './technician.ts'

/** How an account's second step stands. */
export type TwoStepStatus = { on: boolean; required: boolean; app: boolean; recoveryCodes: number }

/** The plugin's row: there is one where an app was set up or recovery codes were made. */
const Row = v.object({ id: v.string(), secret: v.string(), backupCodes: v.string(), verified: v.nullish(v.boolean()) })
type Row = v.InferOutput<typeof Row>

type Needs = { auth: BetterAuth; lanes: Lanes; accounts: Accounts; sessions: Sessions; appCodes: AppCodes }

/** Turning the second step on and off, by the account itself. */
export function makeTwoStep({ auth, lanes, accounts, sessions, appCodes }: Needs) {
  async function findRow(technician: TechnicianId): Promise<Row | undefined> {
    const { adapter } = await auth.$context
    const row = await adapter.findOne({ model: 'twoFactor', where: [{ field: 'userId', value: technician }] })
    return row ? v.parse(Row, row) : undefined
  }

  async function keepRow(technician: TechnicianId, row: Row | undefined, next: Omit<Row, 'id'>): Promise<void> {
    const { adapter } = await auth.$context
    if (row) await adapter.update({ model: 'twoFactor', where: [{ field: 'id', value: row.id }], update: next })
    else await adapter.create({ model: 'twoFactor', data: { ...next, userId: technician } })
  }

  async function forgetRow(technician: TechnicianId): Promise<void> {
    const { adapter } = await auth.$context
    await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: technician }] })
  }

  async function status(technician: TechnicianId): Promise<TwoStepStatus> {
    const account = await accounts.findAccount(technician)
    const row = await findRow(technician)
    const required = account?.twoStepRequired === true
    const codes = row && (await openCodes(row))
    return {
      on: required || account?.twoStepOn === true,
      required,
      app: codes !== undefined && row?.verified !== false,
      recoveryCodes: codes?.length ?? 0,
    }
  }

  /** The codes that are left; undefined where another key sealed the row: nothing in it can be used then, nor its app. */
  async function openCodes({ backupCodes }: Row): Promise<string[] | undefined> {
    const json = await appCodes.unseal(backupCodes).catch(() => undefined)
    return json === undefined ? undefined : v.parse(StoredCodes, json)
  }

  /** A code for the mail that turns the second step on; the one before is void. */
  function drawCode({ technician, session, token }: Who): Promise<string> {
    return lanes(technician.email, async () => {
      const { internalAdapter } = await auth.$context
      await internalAdapter.deleteVerificationByIdentifier(`2fa-otp-${technician.id}!${session}`)
      const headers = cookieHeader(await sessions.pairOf(token))
      return await catchCode(() => auth.api.sendTwoFactorOTP({ headers, asResponse: true }))
    })
  }

  /** @throws RefusedError `wrong-code` or `code-over`. */
  function turnOnByMail({ technician, token }: Who, code: string): Promise<void> {
    return lanes(technician.email, async () => {
      await expectSecondStep(technician.id)
      const headers = cookieHeader(await sessions.pairOf(token))
      const response = await auth.api.verifyTwoFactorOTP({ body: { code }, headers, asResponse: true })
      if (!response.ok) throw new RefusedError({ code: await refusalOf(response) })
      await setOn(technician.id, true)
    })
  }

  /** Begins with an app. What was set up before counts until the new one has given a code. @returns its secret, base 32. */
  async function beginApp({ technician }: Who): Promise<string> {
    const { secret, sealed } = await appCodes.drawSecret()
    await appCodes.keepPending(technician.id, sealed)
    return secret
  }

  /** The app counts from here, and turns the second step on. @returns new recovery codes. @throws RefusedError `wrong-code` or `code-over`. */
  function verifyApp({ technician, token }: Who, code: string): Promise<string[]> {
    return lanes(technician.email, async () => {
      const pending = await appCodes.findPending(technician.id)
      if (pending === undefined) throw new RefusedError({ code: 'code-over' })
      await expectSecondStep(technician.id)
      const before = await findRow(technician.id)
      const codes = drawRecoveryCodes()
      const backupCodes = await appCodes.seal(JSON.stringify(codes))
      await keepRow(technician.id, before, { secret: pending, backupCodes, verified: false })
      const headers = cookieHeader(await sessions.pairOf(token))
      const response = await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
      if (!response.ok) {
        if (before) await keepRow(technician.id, before, before)
        else await forgetRow(technician.id)
        throw new RefusedError({ code: await refusalOf(response) })
      }
      await appCodes.use(technician.id, code)
      await appCodes.forgetPending(technician.id)
      await setOn(technician.id, true)
      return codes
    })
  }

  /** New recovery codes; those before are void. @throws RefusedError `conflict` where there is no second step to recover. */
  function renewRecoveryCodes({ technician }: Who): Promise<string[]> {
    return lanes(technician.email, async () => {
      if (!(await status(technician.id)).on) throw new RefusedError({ code: 'conflict' })
      const row = await findRow(technician.id)
      const codes = drawRecoveryCodes()
      const backupCodes = await appCodes.seal(JSON.stringify(codes))
      // The plugin keeps the codes beside the secret of an app: without an app one that is never shown, and never proven.
      const next = row ?? { secret: (await appCodes.drawSecret()).sealed, verified: false }
      await keepRow(technician.id, row, { secret: next.secret, verified: next.verified, backupCodes })
      return codes
    })
  }

  /** App, recovery codes and trusted devices go with it. @throws RefusedError `forbidden` where an admin requires it. */
  function turnOff({ technician }: Who): Promise<void> {
    return lanes(technician.email, async () => {
      const { adapter } = await auth.$context
      if ((await status(technician.id)).required) throw new RefusedError({ code: 'forbidden' })
      await setOn(technician.id, false)
      await forgetRow(technician.id)
      await appCodes.forgetPending(technician.id)
      await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: technician.id }] })
    })
  }

  async function setOn(technician: TechnicianId, twoStepOn: boolean): Promise<void> {
    const { internalAdapter } = await auth.$context
    await internalAdapter.updateUser(technician, { twoStepOn })
  }

  /** Where the plugin itself turns this on it swaps the session too; ours stays. The next sign-in settles what it really is. */
  async function expectSecondStep(technician: TechnicianId): Promise<void> {
    const { internalAdapter } = await auth.$context
    await internalAdapter.updateUser(technician, { twoFactorEnabled: true })
  }

  return { status, drawCode, turnOnByMail, beginApp, verifyApp, renewRecoveryCodes, turnOff }
}
