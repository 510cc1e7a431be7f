import { expect, test } from 'vitest'
import { EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'

/** Whoever knows somebody's address can use up the attempts on the account, but must not keep its owner out with it. */

test('who guesses at somebody’s password from outside does not keep them from confirming it inside', async () => {
  const server = await serveReady({ limits: { signInsPerAccount: { points: 2, seconds: 600 } } })
  for (const status of [401, 401, 429]) {
    const wrong = await server.ask('/api/sign-in', { email: EMAIL, signInKey: 'x'.repeat(43) })
    expect(wrong.status).toBe(status)
  }
  const ask = (signInKey: string) => server.ask('/api/me/two-step/app', { signInKey }, server.token)
  expect((await ask(SIGN_IN_KEY)).status).toBe(200)
  // Inside they are counted too.
  for (const status of [401, 401, 429]) expect((await ask('x'.repeat(43))).status).toBe(status)
})

test('who guesses at somebody’s password from elsewhere does not keep them out where they are signed in', async () => {
  const server = await serveReady({
    environment: { TRUSTED_PROXIES: '127.0.0.1' },
    limits: { signInsPerAccount: { points: 2, seconds: 600 } },
  })
  const ask = async (from: string, signInKey: string) => {
    const headers = { 'x-forwarded-for': from }
    return (await server.ask('/api/sign-in', { email: EMAIL, signInKey }, undefined, headers)).status
  }
  const wrong = 'x'.repeat(43)
  expect(await ask('203.0.113.7', SIGN_IN_KEY)).toBe(200)
  const strangers = [
    await ask('198.51.100.1', wrong),
    await ask('198.51.100.2', wrong),
    await ask('198.51.100.3', wrong),
  ]
  expect(strangers).toEqual([401, 401, 429])
  // All that are not known share what was used up, with the right password too.
  expect(await ask('198.51.100.4', SIGN_IN_KEY)).toBe(429)
  expect(await ask('203.0.113.7', SIGN_IN_KEY)).toBe(200)
  // There they are counted as well.
  expect([await ask('203.0.113.7', wrong), await ask('203.0.113.7', wrong)]).toEqual([401, 401])
  expect(await ask('203.0.113.7', SIGN_IN_KEY)).toBe(429)
})
