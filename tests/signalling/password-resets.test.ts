import * as v from 'valibot'
import { expect, test } from 'vitest'
import { OutboxReply } from '../../protocol/people.ts'
import type { ReceivedMail } from '../support/mail-server.ts'
import { greet } from './support/client.ts'
import { addColleague, EMAIL, type Running, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { appCode, firstStep, secondStep, signedIn, signIn, startMail, turnOnApp } from './support/two-step.ts'
import { vaultOf } from './support/vault.ts'

const NEW_KEY = 'n'.repeat(43)

function tokenIn({ text }: Pick<ReceivedMail, 'text'>): string {
  return /\/reset#([\w-]{43})(?![\w-])/.exec(text)?.[1] ?? ''
}

function ask(server: Pick<Running, 'ask'>, email = EMAIL) {
  return server.ask('/api/password-resets', { email, language: 'en' })
}

function redeem(server: Pick<Running, 'ask'>, token: string, vault = vaultOf(1)) {
  return server.ask('/api/password-resets/redeem', { token, signInKey: NEW_KEY, vault })
}

test('the mailed link sets password and vault, ends sign-ins and sockets, and is used up', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  const client = await greet(server, 'technician', server.token)
  expect(await ask(server, ` ${EMAIL.toUpperCase()}`)).toMatchObject({ status: 204, body: '' })
  const token = tokenIn(await mail.next(EMAIL))
  for (let count = 0; count < 2; count++) {
    const look = await server.ask('/api/password-resets/look', { token })
    const { byPassword: _, ...recoverable } = vaultOf()
    expect(look.body).toEqual({ email: EMAIL, organisation: 'Example', vault: recoverable })
  }
  expect((await redeem(server, token)).status).toBe(204)
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
  expect(await redeem(server, token)).toMatchObject({ status: 410, body: { code: 'reset-over' } })
  expect((await server.ask('/api/password-resets/look', { token })).body).toEqual({ code: 'reset-over' })
  const old = await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  expect(old.body).toEqual({ code: 'wrong-credentials' })
  expect(await signIn(server, EMAIL, undefined, NEW_KEY)).toMatchObject({ kind: 'signed-in', vault: vaultOf(1) })
})

test('the answer is the same whether there is such an account or not, and a deactivated one gets no mail', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  const gone = await addColleague(server, false)
  await server.sql(`update "user" set active = false where id = '${gone.me.id}'`)
  const times: number[] = []
  for (const email of [EMAIL, 'nobody@example.org', gone.me.email]) {
    const start = performance.now()
    expect(await ask(server, email)).toMatchObject({ status: 204, body: '' })
    times.push(performance.now() - start)
  }
  // A mail takes the server tens of ms; the answer does not wait for it.
  expect(Math.max(...times)).toBeLessThan(Math.min(...times) + 200)
  await ask(server)
  await mail.next(EMAIL)
  await mail.next(EMAIL)
  expect(mail.mails.map(({ to }) => to)).toEqual([EMAIL, EMAIL])
})

test('of many who redeem it at once one wins; a newer link voids the older one', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  await ask(server)
  const older = tokenIn(await mail.next(EMAIL))
  await ask(server)
  const newer = tokenIn(await mail.next(EMAIL))
  expect((await redeem(server, older)).body).toEqual({ code: 'reset-over' })
  const replies = await Promise.all(Array.from({ length: 8 }, () => redeem(server, newer)))
  expect(replies.map(({ status }) => status).sort()).toEqual([204, ...Array(7).fill(410)])
})

test('the password changes together with the end of the sign-ins, or not at all', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  await ask(server)
  const token = tokenIn(await mail.next(EMAIL))
  // Whoever reads what is held deletes nothing.
  await server.sql('alter table verification rename to elsewhere')
  expect((await redeem(server, token)).status).toBe(503)
  await server.sql('alter table elsewhere rename to verification')
  expect(await signIn(server, EMAIL)).toMatchObject({ kind: 'signed-in' })
  expect((await redeem(server, token)).status).toBe(204)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
})

test('a link ends after an hour, and one that never was is none', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  expect((await redeem(server, 'x'.repeat(43))).body).toEqual({ code: 'reset-over' })
  await ask(server)
  const token = tokenIn(await mail.next(EMAIL))
  await server.sql(`update password_resets set expires_at = expires_at - 3600000`)
  expect((await server.ask('/api/password-resets/look', { token })).body).toEqual({ code: 'reset-over' })
  expect((await redeem(server, token)).body).toEqual({ code: 'reset-over' })
})

test('who resets the password still needs the second step, and trusted devices are trusted no more', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  const { uri, codes } = await turnOnApp(server, server.token)
  const { challenge } = await firstStep(server)
  const { device } = signedIn(
    await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1), trust: true }),
  )
  const begun = await firstStep(server)
  await ask(server)
  await redeem(server, tokenIn(await mail.next(EMAIL)))
  expect((await signIn(server, EMAIL, device, NEW_KEY)).kind).toBe('second-step')
  const late = await secondStep(server, { challenge: begun.challenge, method: 'recovery', code: codes[0] ?? '' })
  expect(late.body).toEqual({ code: 'code-over' })
})

test('without a mail server the link waits for an admin', async () => {
  const server = await serveReady()
  await ask(server)
  const outbox = async () => (await server.ask('/api/outbox', undefined, server.token)).body
  await expect.poll(outbox).toMatchObject({ mails: [{ to: EMAIL }] })
  const [mail] = v.parse(OutboxReply, await outbox()).mails
  expect((await redeem(server, tokenIn(mail ?? { text: '' }))).status).toBe(204)
})

test('asking is counted by account, known or not, and by address', async () => {
  const limits = { resetsPerAccount: { points: 2, seconds: 60 }, resetsPerAddress: { points: 7, seconds: 60 } }
  const server = await serveReady({ limits })
  for (const email of ['nobody@example.org', EMAIL]) {
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await ask(server, email)).status)
    expect(statuses).toEqual([204, 204, 429])
  }
  expect((await ask(server, 'a@example.org')).status).toBe(204)
  expect((await ask(server, 'b@example.org')).status).toBe(429)
})

test('looking at links is counted by address', async () => {
  const server = await serveReady({ limits: { linksPerAddress: { points: 2, seconds: 60 } } })
  const look = () => server.ask('/api/password-resets/look', { token: 'x'.repeat(43) })
  expect([(await look()).status, (await look()).status, (await look()).status]).toEqual([410, 410, 429])
  expect((await redeem(server, 'x'.repeat(43))).status).toBe(429)
})

test('a password that is changed inside voids the link that was on its way', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  await ask(server)
  const token = tokenIn(await mail.next(EMAIL))
  const change = { signInKey: SIGN_IN_KEY, newSignInKey: NEW_KEY, vault: vaultOf() }
  expect((await server.ask('/api/me/password', change, server.token)).status).toBe(204)
  expect((await server.ask('/api/password-resets/look', { token })).body).toEqual({ code: 'reset-over' })
  expect(await redeem(server, token)).toMatchObject({ status: 410, body: { code: 'reset-over' } })
})
