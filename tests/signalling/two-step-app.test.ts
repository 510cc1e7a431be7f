import { expect, test } from 'vitest'
import { EMAIL, SIGN_IN_KEY, serve, serveReady } from './support/server.ts'
import {
  appCode,
  firstStep,
  mailedCode,
  secondStep,
  signedIn,
  signIn,
  startMail,
  turnOnApp,
  wrong,
} from './support/two-step.ts'

test('an app counts once it gave a code: then it asks, and methods come in their order', async () => {
  const mail = await startMail()
  const server = await serveReady({ environment: mail.environment })
  const { uri, me, codes } = await turnOnApp(server, server.token)
  expect(uri).toMatch(
    /^otpauth:\/\/totp\/Deskside%20Example:ada%40example\.org\?secret=[A-Z2-7]{32}&issuer=Deskside%20Example$/,
  )
  expect(me.twoStep).toEqual({ on: true, required: false, app: true })
  expect(new Set(codes).size).toBe(10)
  const { challenge, methods } = await firstStep(server)
  expect(methods).toEqual(['app', 'email', 'recovery'])
  const { token } = signedIn(await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1) }))
  expect((await server.ask('/api/me', undefined, token)).body).toEqual(me)
})

test('before that it does not count, and needs the password', async () => {
  const server = await serveReady()
  const refused = await server.ask('/api/me/two-step/app', { signInKey: 'w'.repeat(43) }, server.token)
  expect(refused).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  const early = await server.ask('/api/me/two-step/app/verify', { code: '123456' }, server.token)
  expect(early).toMatchObject({ status: 410, body: { code: 'code-over' } })
  const { body } = await server.ask('/api/me/two-step/app', { signInKey: SIGN_IN_KEY }, server.token)
  const { uri } = body as { uri: string }
  const bad = await server.ask('/api/me/two-step/app/verify', { code: wrong(appCode(uri)) }, server.token)
  expect(bad).toMatchObject({ status: 401, body: { code: 'wrong-code' } })
  expect((await server.ask('/api/me', undefined, server.token)).body).toEqual(server.me)
  expect((await signIn(server)).kind).toBe('signed-in')
  expect((await server.ask('/api/me/two-step/app/verify', { code: appCode(uri) }, server.token)).status).toBe(200)
})

test('a code of the app works once, in whatever sign-in, also at the same moment', async () => {
  const server = await serveReady()
  const { uri } = await turnOnApp(server, server.token)
  const begun = []
  for (let count = 0; count < 6; count++) begun.push(await firstStep(server))
  const code = appCode(uri, 1)
  const replies = await Promise.all(
    begun.map(({ challenge }) => secondStep(server, { challenge, method: 'app', code })),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const others = replies.filter(({ status }) => status !== 200)
  expect(others.map(({ body }) => body)).toEqual(Array(5).fill({ code: 'code-over' }))
})

test('the code that set the app up does not sign in', async () => {
  const server = await serveReady()
  const { uri } = await turnOnApp(server, server.token)
  const { challenge } = await firstStep(server)
  const codes = [appCode(uri, -1), appCode(uri)]
  const replies = []
  for (const code of codes) replies.push(await secondStep(server, { challenge, method: 'app', code }))
  // The clock may have gone on to the next code in between: one of the two set the app up.
  expect(replies.map(({ body }) => body)).toContainEqual({ code: 'code-over' })
})

test('five wrong tries end the sign-in that was begun, also all at once', async () => {
  const server = await serveReady()
  const { uri } = await turnOnApp(server, server.token)
  const { challenge } = await firstStep(server)
  const guess = { challenge, method: 'app', code: wrong(appCode(uri, 1)) } as const
  const replies = await Promise.all(Array.from({ length: 12 }, () => secondStep(server, guess)))
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(replies.filter(({ status }) => status === 410)).toHaveLength(7)
  const late = await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1) })
  expect(late.body).toEqual({ code: 'code-over' })
})

test('another app takes the place of the one before only once it gave a code', async () => {
  const server = await serveReady()
  const before = await turnOnApp(server, server.token)
  const { body } = await server.ask('/api/me/two-step/app', { signInKey: SIGN_IN_KEY }, server.token)
  const { uri } = body as { uri: string }
  const bad = await server.ask('/api/me/two-step/app/verify', { code: wrong(appCode(uri)) }, server.token)
  expect(bad.body).toEqual({ code: 'wrong-code' })
  const still = await firstStep(server)
  const reply = await secondStep(server, { challenge: still.challenge, method: 'app', code: appCode(before.uri, 1) })
  expect(reply.status).toBe(200)
  expect((await server.ask('/api/me/two-step/app/verify', { code: appCode(uri) }, server.token)).status).toBe(200)
  const { challenge } = await firstStep(server)
  const old = await secondStep(server, { challenge, method: 'recovery', code: before.codes[0] ?? '' })
  expect(old.body).toEqual({ code: 'wrong-code' })
  expect((await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1) })).status).toBe(200)
})

test('a recovery code works once, however it is written, also at the same moment', async () => {
  const server = await serveReady()
  const { codes } = await turnOnApp(server, server.token)
  const [first = '', second = ''] = codes
  const begun = []
  for (let count = 0; count < 4; count++) begun.push(await firstStep(server))
  const typed = first.toUpperCase().replace('-', '')
  const replies = await Promise.all(
    begun.map(({ challenge }) => secondStep(server, { challenge, method: 'recovery', code: typed })),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  const { challenge } = await firstStep(server)
  expect((await secondStep(server, { challenge, method: 'recovery', code: second })).status).toBe(200)
})

test('new recovery codes void those before; when none is left they are not offered', async () => {
  const server = await serveReady()
  const off = await server.ask('/api/me/two-step/recovery-codes', { signInKey: SIGN_IN_KEY }, server.token)
  expect(off).toMatchObject({ status: 409, body: { code: 'conflict' } })
  const { codes: old } = await turnOnApp(server, server.token)
  const { body } = await server.ask('/api/me/two-step/recovery-codes', { signInKey: SIGN_IN_KEY }, server.token)
  const { codes } = body as { codes: string[] }
  expect(codes.filter((code) => old.includes(code))).toEqual([])
  const { challenge } = await firstStep(server)
  expect((await secondStep(server, { challenge, method: 'recovery', code: old[0] ?? '' })).status).toBe(401)
  for (const code of codes) {
    const begun = await firstStep(server)
    expect((await secondStep(server, { challenge: begun.challenge, method: 'recovery', code })).status).toBe(200)
  }
  expect((await firstStep(server)).methods).toEqual(['app'])
})

test('a trusted device is not asked again, by nobody else’s trust, and until it is signed out everywhere', async () => {
  const server = await serveReady()
  const { uri, codes } = await turnOnApp(server, server.token)
  const { challenge } = await firstStep(server)
  const reply = await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1), trust: true })
  const { device } = signedIn(reply)
  const again = await signIn(server, EMAIL, device)
  expect(again.kind).toBe('signed-in')
  const newer = again.kind === 'signed-in' ? again.device : undefined
  expect(newer).toBeDefined()
  expect((await signIn(server, EMAIL, device)).kind, 'each sign-in renews the trust').toBe('second-step')
  expect((await signIn(server, EMAIL, `${newer}A`)).kind).toBe('second-step')
  const stillTrusted = await signIn(server, EMAIL, newer)
  const latest = stillTrusted.kind === 'signed-in' ? stillTrusted : undefined
  expect((await server.ask('/api/me/sign-out-everywhere', {}, latest?.token)).status).toBe(204)
  const after = await signIn(server, EMAIL, latest?.device)
  expect(after.kind).toBe('second-step')
  if (after.kind === 'second-step') {
    const code = codes[0] ?? ''
    expect((await secondStep(server, { challenge: after.challenge, method: 'recovery', code })).status).toBe(200)
  }
})

test('trust in a device ends after 30 days', async () => {
  const server = await serveReady()
  const { uri } = await turnOnApp(server, server.token)
  const { challenge } = await firstStep(server)
  const reply = await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1), trust: true })
  const { device } = signedIn(reply)
  const soon = new Date(Date.now() + 29 * 86_400_000).toISOString()
  await server.sql(
    `update verification set "expiresAt" = '1970-01-01T00:00:00.000Z' where value = '${server.me.id}' and "expiresAt" < '${soon}'`,
  )
  const trusted = await signIn(server, EMAIL, device)
  expect(trusted.kind).toBe('signed-in')
  await server.sql(
    `update verification set "expiresAt" = '${new Date(0).toISOString()}' where value = '${server.me.id}'`,
  )
  expect((await signIn(server, EMAIL, trusted.kind === 'signed-in' ? trusted.device : undefined)).kind).toBe(
    'second-step',
  )
})

test('turned off, the app and its recovery codes are gone', async () => {
  const server = await serveReady()
  const { uri } = await turnOnApp(server, server.token)
  const begun = await firstStep(server)
  const { body } = await server.ask('/api/me/two-step/off', { signInKey: SIGN_IN_KEY }, server.token)
  expect(body).toEqual(server.me)
  expect((await signIn(server)).kind).toBe('signed-in')
  const late = await secondStep(server, { challenge: begun.challenge, method: 'app', code: appCode(uri, 1) })
  expect(late.body).toEqual({ code: 'code-over' })
})

test('under another server key an app is as if it were not there: a mailed code takes its place, and it can be set up anew', async () => {
  const mail = await startMail()
  const first = await serveReady()
  await turnOnApp(first, first.token)
  await first.close()
  const environment = { DATA_DIR: first.config.dataDir, AUTH_SECRET: 'a'.repeat(43) }
  const alone = await serve({ environment })
  const refused = await alone.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  expect(refused.body).toEqual({ code: 'no-mail' })
  await alone.close()
  const server = await serve({ environment: { ...environment, ...mail.environment } })
  const { challenge, methods } = await firstStep(server)
  expect(methods).toEqual(['email'])
  const code = await mailedCode(server, mail, challenge)
  const { token } = signedIn(await secondStep(server, { challenge, method: 'email', code }))
  await turnOnApp(server, token)
  expect((await firstStep(server)).methods).toEqual(['app', 'email', 'recovery'])
})
