import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { CodeSentReply, RecoveryCodesReply, SignedIn } from '../../protocol/account.ts'
import type { ReceivedMail } from '../support/mail-server.ts'
import { leaked } from '../support/stored.ts'
import { createTicket, EMAIL, join, serve, setupBody, temporaryFolder } from './support/server.ts'
import { appCode, codeIn, firstStep, secondStep, signedIn, startMail } from './support/two-step.ts'
import { vaultOf } from './support/vault.ts'

const draw = () => randomBytes(32).toString('base64url')
const linkIn = ({ text }: ReceivedMail) => /#([\w-]{43})(?![\w-])/.exec(text)?.[1] ?? ''

test('after all that an account does, the data folder has no token, code, sign-in key, link or challenge in it', async () => {
  const mail = await startMail()
  const dataDir = await temporaryFolder()
  const limits = { codesAgain: { points: 100, seconds: 30 } }
  // The key that signs and encrypts comes from the operator here, so that the folder is all that a thief has.
  const server = await serve({ environment: { ...mail.environment, DATA_DIR: dataDir, AUTH_SECRET: draw() }, limits })
  const secrets: string[] = []
  const keep = (...found: (string | undefined)[]) => secrets.push(...found.filter((secret) => secret !== undefined))
  const ask = async (path: string, body: unknown, token?: string) => {
    const reply = await server.ask(path, body, token)
    expect(reply.status, path).toBeLessThan(300)
    return reply.body
  }

  const keys = { first: draw(), second: draw(), third: draw(), colleague: draw() }
  keep(...Object.values(keys), server.setupToken)
  const admin = v.parse(SignedIn, await ask('/api/setup', { ...setupBody(server.setupToken), signInKey: keys.first }))
  keep(admin.token)

  const invitee = { email: 'grace@example.org', groups: [], admin: false, twoStep: true }
  await ask('/api/invitations', { language: 'en', invitees: [invitee] }, admin.token)
  const invitation = linkIn(await mail.next(invitee.email))
  const person = { name: 'Grace', language: 'en', signInKey: keys.colleague, vault: vaultOf(1) }
  const colleague = v.parse(SignedIn, await ask('/api/invitations/redeem', { token: invitation, ...person }))
  keep(invitation, colleague.token)

  v.parse(CodeSentReply, await ask('/api/me/two-step/send-code', {}, admin.token))
  const turnOn = codeIn(await mail.next(EMAIL))
  await ask('/api/me/two-step/email', { code: turnOn }, admin.token)
  const { uri } = (await ask('/api/me/two-step/app', { signInKey: keys.first }, admin.token)) as { uri: string }
  const app = await ask('/api/me/two-step/app/verify', { code: appCode(uri) }, admin.token)
  const { codes } = v.parse(RecoveryCodesReply, app)
  keep(turnOn, appCode(uri), new URL(uri).searchParams.get('secret') ?? undefined, ...codes)

  const withKey = (signInKey: string) => ({
    ask: (path: string, body?: unknown) =>
      server.ask(path, { ...(body as object), ...('/api/sign-in' === path && { signInKey }) }),
  })
  const { challenge } = await firstStep(withKey(keys.first))
  await ask('/api/sign-in/send-code', { challenge, language: 'en' })
  const code = codeIn(await mail.next(EMAIL))
  const trusted = signedIn(await secondStep(server, { challenge, method: 'email', code, trust: true }))
  keep(code, challenge, trusted.token, trusted.device ?? '')
  const pending = await firstStep(withKey(keys.first))
  await ask('/api/sign-in/send-code', { challenge: pending.challenge, language: 'en' })
  keep(codeIn(await mail.next(EMAIL)), pending.challenge)

  const change = { signInKey: keys.first, newSignInKey: keys.second, vault: vaultOf() }
  await ask('/api/me/password', change, trusted.token)
  const ticket = await createTicket(server, trusted.token)
  keep((await join(server, ticket.lookup)).token)
  await ask('/api/password-resets', { email: EMAIL, language: 'en' })
  const reset = linkIn(await mail.next(EMAIL))
  await ask('/api/password-resets/redeem', { token: reset, signInKey: keys.third, vault: vaultOf(2) })
  await ask('/api/password-resets', { email: EMAIL, language: 'en' })
  keep(reset, linkIn(await mail.next(EMAIL)))
  const back = await firstStep(withKey(keys.third))
  const recovery = { challenge: back.challenge, method: 'recovery', code: codes[0] ?? '' } as const
  keep(signedIn(await secondStep(server, recovery)).token)

  expect(secrets).toHaveLength(31)
  expect(secrets.filter((secret) => secret.length < 6)).toEqual([])
  const beforeTheEnd = await server.databaseText()
  await server.close()
  for (const text of [beforeTheEnd, await server.databaseText()]) {
    expect(text).toContain(EMAIL)
    expect(leaked(text, secrets)).toEqual([])
  }
})
