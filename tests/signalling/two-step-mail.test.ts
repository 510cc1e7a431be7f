import { expect, test } from 'vitest'
import { EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'
import {
  codeIn,
  firstStep,
  mailedCode,
  secondStep,
  signedIn,
  signIn,
  startMail,
  turnOnByMail,
  wrong,
} from './support/two-step.ts'

const OFTEN = { codesAgain: { points: 100, seconds: 30 } }

/** A server with a mail server beside it, whose admin has the second step on, by mail. */
async function serveWithMail(limits = {}) {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment, limits: { ...OFTEN, ...limits } })
  await turnOnByMail(server, mail, server.token)
  return { server, mail }
}

test('turned on by a mailed code, it asks at the next sign-in; the code signs in', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment, limits: OFTEN })
  expect((await server.ask('/api/instance')).body).toMatchObject({ mail: 'smtp' })
  const me = await turnOnByMail(server, mail, server.token)
  expect(me.twoStep).toEqual({ on: true, required: false, app: false })
  expect((await server.ask('/api/me', undefined, server.token)).body).toEqual(me)
  const { challenge, methods } = await firstStep(server)
  expect(methods).toEqual(['email'])
  const reply = await secondStep(server, {
    challenge,
    method: 'email',
    code: await mailedCode(server, mail, challenge),
  })
  expect(reply.headers.getSetCookie()).toEqual([])
  const { token, device, vault } = signedIn(reply)
  expect(device).toBeUndefined()
  expect(vault?.publicKey).toBe(me.publicKey)
  expect((await server.ask('/api/me', undefined, token)).body).toEqual(me)
})

test('the mail is in the language that was asked for', async () => {
  const { server, mail } = await serveWithMail()
  const { challenge } = await firstStep(server)
  await server.ask('/api/sign-in/send-code', { challenge, language: 'fr' })
  const french = await mail.next(EMAIL)
  expect(codeIn(french)).toMatch(/^\d{6}$/)
  expect(french.text).toMatch(/Bonjour/)
})

test('a challenge is good for nothing else', async () => {
  const { server } = await serveWithMail()
  const { challenge } = await firstStep(server)
  const value = decodeURIComponent(challenge.split('=')[1] ?? '')
  for (const token of [challenge, value, value.split('.')[0] ?? '']) {
    expect((await server.ask('/api/me', undefined, token)).status).toBe(401)
  }
  const asDevice = await signIn(server, EMAIL, challenge)
  expect(asDevice.kind).toBe('second-step')
})

test('a code that was drawn to turn it on does not sign in, and the other way round', async () => {
  const { server, mail } = await serveWithMail()
  await server.ask('/api/me/two-step/send-code', {}, server.token)
  const turnOn = codeIn(await mail.next(EMAIL))
  const { challenge } = await firstStep(server)
  const code = await mailedCode(server, mail, challenge)
  const reply = await secondStep(server, { challenge, method: 'email', code: turnOn })
  expect(reply).toMatchObject({ status: 401, body: { code: 'wrong-code' } })
  expect((await server.ask('/api/me/two-step/email', { code }, server.token)).body).toEqual({ code: 'wrong-code' })
})

test('a code works once, also when it comes many times at the same moment', async () => {
  const { server, mail } = await serveWithMail()
  const { challenge } = await firstStep(server)
  const code = await mailedCode(server, mail, challenge)
  const tries = Array.from({ length: 12 }, () => secondStep(server, { challenge, method: 'email', code }))
  const replies = await Promise.all(tries)
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const others = replies.filter(({ status }) => status !== 200)
  expect(others.map(({ body }) => body)).toEqual(Array(11).fill({ code: 'code-over' }))
})

test('five wrong tries kill a code, also when they come at the same moment as the right one', async () => {
  const { server, mail } = await serveWithMail()
  const { challenge } = await firstStep(server)
  const code = await mailedCode(server, mail, challenge)
  const guesses = [1, 2, 3, 4, 5].map(() => secondStep(server, { challenge, method: 'email', code: wrong(code) }))
  const replies = await Promise.all(guesses)
  expect(replies.map(({ body }) => body)).toEqual(Array(5).fill({ code: 'wrong-code' }))
  const late = await secondStep(server, { challenge, method: 'email', code })
  expect(late).toMatchObject({ status: 410, body: { code: 'code-over' } })
  const again = await mailedCode(server, mail, challenge)
  expect((await secondStep(server, { challenge, method: 'email', code: again })).status).toBe(200)
})

test('a newer code voids the one before', async () => {
  const { server, mail } = await serveWithMail()
  const { challenge } = await firstStep(server)
  const first = await mailedCode(server, mail, challenge)
  const second = await mailedCode(server, mail, challenge)
  // One in a million pairs is the same code twice.
  if (first !== second) {
    expect((await secondStep(server, { challenge, method: 'email', code: first })).body).toEqual({ code: 'wrong-code' })
  }
  expect((await secondStep(server, { challenge, method: 'email', code: second })).status).toBe(200)
})

test('a code, and a challenge, that are too old are over', async () => {
  const { server, mail } = await serveWithMail()
  const { challenge } = await firstStep(server)
  const code = await mailedCode(server, mail, challenge)
  const old = new Date(Date.now() - 1_000).toISOString()
  await server.sql(`update verification set "expiresAt" = '${old}' where value like '%:0'`)
  expect((await secondStep(server, { challenge, method: 'email', code })).body).toEqual({ code: 'code-over' })
  const fresh = await mailedCode(server, mail, challenge)
  await server.sql(`update verification set "expiresAt" = '${old}' where value = '${server.me.id}'`)
  expect((await secondStep(server, { challenge, method: 'email', code: fresh })).body).toEqual({ code: 'code-over' })
  const resend = await server.ask('/api/sign-in/send-code', { challenge, language: 'en' })
  expect(resend).toMatchObject({ status: 410, body: { code: 'code-over' } })
})

test('the next code may be asked for after a while, which the reply names', async () => {
  const { server } = await serveWithMail({ codesAgain: { points: 2, seconds: 30 } })
  const { challenge } = await firstStep(server)
  const before = Date.now()
  const { body } = await server.ask('/api/sign-in/send-code', { challenge, language: 'en' })
  const { again, expiresAt } = body as { again: number; expiresAt: number }
  expect(again - before).toBeGreaterThanOrEqual(30_000)
  expect(expiresAt - before).toBeGreaterThanOrEqual(300_000)
  expect(expiresAt - before).toBeLessThan(310_000)
  const soon = await server.ask('/api/sign-in/send-code', { challenge, language: 'en' })
  expect(soon).toMatchObject({ status: 429, body: { code: 'too-many' } })
  expect(soon.body).toMatchObject({ retryAfterMs: expect.any(Number) })
})

test('a mail server that is gone is said, and the next code need not wait', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  await mail.close()
  for (let count = 0; count < 2; count++) {
    const reply = await server.ask('/api/me/two-step/send-code', {}, server.token)
    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  }
})

test('without a mail server no code is drawn, and who must take the second step by mail is told so', async () => {
  const server = await serveReady()
  expect((await server.ask('/api/instance')).body).toMatchObject({ mail: 'outbox' })
  const reply = await server.ask('/api/me/two-step/send-code', {}, server.token)
  expect(reply).toMatchObject({ status: 409, body: { code: 'no-mail' } })
  await server.sql(`update "user" set "twoStepRequired" = true where id = '${server.me.id}'`)
  const refused = await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  expect(refused).toMatchObject({ status: 409, body: { code: 'no-mail' } })
  const guess = await server.ask('/api/sign-in', { email: EMAIL, signInKey: 'w'.repeat(43) })
  expect(guess.body).toEqual({ code: 'wrong-credentials' })
})

test('an admin can require it: every sign-in asks, it cannot be turned off, and ends when the admin ends it', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment, limits: OFTEN })
  const path = `/api/technicians/${server.me.id}`
  expect((await server.ask(path, { twoStepRequired: true }, server.token)).status).toBe(200)
  const { body: me } = await server.ask('/api/me', undefined, server.token)
  expect(me).toMatchObject({ twoStep: { on: true, required: true, app: false } })
  const off = await server.ask('/api/me/two-step/off', { signInKey: SIGN_IN_KEY }, server.token)
  expect(off).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  const { challenge } = await firstStep(server)
  const code = await mailedCode(server, mail, challenge)
  expect((await secondStep(server, { challenge, method: 'email', code })).status).toBe(200)
  await server.ask(path, { twoStepRequired: false }, server.token)
  expect((await signIn(server)).kind).toBe('signed-in')
})

test('turned off with the password, it does not ask any more', async () => {
  const { server } = await serveWithMail()
  const refused = await server.ask('/api/me/two-step/off', { signInKey: 'w'.repeat(43) }, server.token)
  expect(refused).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  expect((await signIn(server)).kind).toBe('second-step')
  const off = await server.ask('/api/me/two-step/off', { signInKey: SIGN_IN_KEY }, server.token)
  expect(off.body).toMatchObject({ twoStep: { on: false, required: false, app: false } })
  expect((await signIn(server)).kind).toBe('signed-in')
})
