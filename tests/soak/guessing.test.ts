import { expect, test } from 'vitest'
import { EMAIL, type Reply, type Running, serveReady } from '../signalling/support/server.ts'
import { appCode, firstStep, secondStep, signIn, turnOnApp } from '../signalling/support/two-step.ts'

const AT_ONCE = 50
const GUESSES = 1_000

/** Another address in each request, as an attacker would write it before a proxy adds the one that it saw. */
function forged(index: number): string {
  return `203.0.113.${index % 250}, 192.0.2.${index % 200}`
}

/** Asks a thousand times, fifty at once. */
async function guess(ask: (index: number) => Promise<Reply>): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < GUESSES; index = next++) {
      const { status } = await ask(index)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return statuses
}

function guessKey(server: Pick<Running, 'ask'>, index: number, email: string, forwarded: string): Promise<Reply> {
  const signInKey = `${index}`.padStart(43, 'x')
  return server.ask('/api/sign-in', { email, signInKey }, undefined, { 'x-forwarded-for': forwarded })
}

test('1000 guesses of passwords with forged addresses count as those of the one address that they come from', async () => {
  const server = await serveReady()
  const { points } = server.config.limits.signInsPerAddress
  const statuses = await guess((index) => guessKey(server, index, `nobody${index}@example.org`, forged(index)))
  expect(statuses).toEqual(
    new Map([
      [401, points],
      [429, GUESSES - points],
    ]),
  )
})

test('behind a trusted proxy too: what was written before the address that the proxy saw is worth nothing', async () => {
  const server = await serveReady({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const { points } = server.config.limits.signInsPerAddress
  const seen = (index: number) => `${forged(index)}, 198.51.100.9`
  const statuses = await guess((index) => guessKey(server, index, `nobody${index}@example.org`, seen(index)))
  expect(statuses.get(401)).toBe(points)
  const elsewhere = await guessKey(server, 0, 'nobody@example.org', '198.51.100.10')
  expect(elsewhere.status).toBe(401)
})

test('1000 guesses at one account from 1000 real addresses are counted by account', async () => {
  const server = await serveReady({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const { points } = server.config.limits.signInsPerAccount
  const address = (index: number) => `10.${index >> 8}.${index & 255}.7`
  const statuses = await guess((index) => guessKey(server, index, EMAIL, address(index)))
  expect(statuses.get(401)).toBe(points)
  expect(statuses.get(429)).toBe(GUESSES - points)
})

test('1000 guesses of codes with forged addresses: five at one challenge, and no more than the account’s in all', async () => {
  const limits = { requests: { points: 5_000, seconds: 60 } }
  const server = await serveReady({ limits })
  const { uri } = await turnOnApp(server, server.token)
  const right = new Set([-1, 0, 1, 2, 3].map((steps) => appCode(uri, steps)))
  const codes = Array.from({ length: GUESSES + right.size }, (_, index) => `${100_000 + index}`)
  const wrong = codes.filter((code) => !right.has(code))
  const { challenge: one } = await firstStep(server)
  const challenges = [one]
  for (let count = 0; count < 9; count++) challenges.push((await firstStep(server)).challenge)
  const atOne = await Promise.all(
    wrong.slice(0, 8).map((code) => secondStep(server, { challenge: one, method: 'app', code })),
  )
  expect(atOne.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 410, 410, 410])
  const statuses = await guess(async (index) => {
    const challenge = challenges[index % challenges.length] ?? one
    const body = { challenge, method: 'app', code: wrong[index], trust: false }
    return await server.ask('/api/sign-in/code', body, undefined, { 'x-forwarded-for': forged(index) })
  })
  const { points } = server.config.limits.codeTriesPerAccount
  expect(statuses.get(200)).toBeUndefined()
  expect(statuses.get(401)).toBeLessThanOrEqual(points - 5)
  expect(statuses.get(429)).toBeGreaterThan(GUESSES / 2)
  // Whoever has the password begins anew, and still may not guess: nor from another address.
  const begun = await signIn(server)
  const challenge = begun.kind === 'second-step' ? begun.challenge : one
  const again = await secondStep(server, { challenge, method: 'app', code: appCode(uri, 1) })
  expect(again).toMatchObject({ status: 429, body: { code: 'too-many' } })
})
