import { type Context, Hono } from 'hono'
import {
  type AppReply,
  ConfirmRequest,
  type RecoveryCodesReply,
  TurnOnByEmailRequest,
  VerifyAppRequest,
} from '../../protocol/account.ts'
import type { Who } from '../auth/technician.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { type LogEntry, writeLog } from '../store/log.ts'
import { attempt, codeAttempt, requireSignInKey } from './attempts.ts'
import { readBody } from './body.ts'
import { mailCode } from './code-mail.ts'
import { describeMe } from './me-reply.ts'
import { addressOf, type Env, requireTechnician } from './request.ts'

export function twoStepRoutes(services: Services): Hono<Env> {
  const { auth, throttles, setup, store } = services
  const { twoStep, accounts } = auth

  /** A technician who gave the password again. */
  async function confirmed(c: Context<Env>): Promise<Who> {
    const who = await requireTechnician(services, c)
    const { signInKey } = await readBody(c, ConfirmRequest)
    await requireSignInKey(services, c, who, signInKey)
    return who
  }

  const note = ({ technician }: Who, event: LogEntry['event']) =>
    writeLog(store.db, { at: Date.now(), by: technician.id, event })

  return (
    new Hono<Env>()
      // Lets in: a technician, about oneself; here and below.
      .post('/me/two-step/send-code', async (c) => {
        const who = await requireTechnician(services, c)
        const { email } = who.technician
        const language = (await accounts.findAccount(who.technician.id))?.language ?? 'en'
        const to = { email, language, address: addressOf(services, c) }
        return c.json(await mailCode(services, to, () => twoStep.drawCode(who)))
      })
      .post('/me/two-step/email', async (c) => {
        const who = await requireTechnician(services, c)
        const { code } = await readBody(c, TurnOnByEmailRequest)
        const counted = codeAttempt(throttles, addressOf(services, c), who.technician.email)
        await attempt(counted, () => twoStep.turnOnByMail(who, code))
        await note(who, { what: 'two-step-on', way: 'email' })
        broadcastPeople(services)
        return c.json(await describeMe(services, who.technician.id))
      })
      .post('/me/two-step/app/verify', async (c) => {
        const who = await requireTechnician(services, c)
        const { code } = await readBody(c, VerifyAppRequest)
        const counted = codeAttempt(throttles, addressOf(services, c), who.technician.email)
        const codes = await attempt(counted, () => twoStep.verifyApp(who, code))
        await note(who, { what: 'two-step-on', way: 'app' })
        broadcastPeople(services)
        return c.json({ me: await describeMe(services, who.technician.id), codes } satisfies RecoveryCodesReply)
      })
      // Lets in: a technician who knows the password, about oneself; here and below.
      .post('/me/two-step/app', async (c) => {
        const who = await confirmed(c)
        const secret = await twoStep.beginApp(who)
        return c.json({
          uri: otpauth(setup.instance.organisation ?? '', who.technician.email, secret),
        } satisfies AppReply)
      })
      .post('/me/two-step/recovery-codes', async (c) => {
        const who = await confirmed(c)
        const codes = await twoStep.renewRecoveryCodes(who)
        await note(who, { what: 'recovery-codes-made' })
        return c.json({ me: await describeMe(services, who.technician.id), codes } satisfies RecoveryCodesReply)
      })
      .post('/me/two-step/off', async (c) => {
        const who = await confirmed(c)
        await twoStep.turnOff(who)
        await note(who, { what: 'two-step-off' })
        broadcastPeople(services)
        return c.json(await describeMe(services, who.technician.id))
      })
  )
}

const MAX_URI = 512

/** What an authenticator app reads from the QR code: six digits, every 30 s, HMAC-SHA-1, as all of them have it. */
function otpauth(organisation: string, email: string, secret: string): string {
  // A colon would end the issuer.
  const name = [...organisation.replaceAll(':', ' ')]
  for (;;) {
    const issuer = encodeURIComponent(`Deskside ${name.join('')}`.trim())
    const uri = `otpauth://totp/${issuer}:${encodeURIComponent(email)}?secret=${secret}&issuer=${issuer}`
    if (uri.length <= MAX_URI || name.length === 0) return uri
    name.pop()
  }
}
