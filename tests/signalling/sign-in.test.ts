import * as v from 'valibot'
import { expect, test } from 'vitest'
import { SignedIn } from '../../protocol/account.ts'
import { EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { vaultOf } from './support/vault.ts'

const WRONG = 'w'.repeat(43)

test('sign-in gives a token that works until sign-out', async () => {
  const server = await serveReady()
  const { status, body } = await server.ask('/api/sign-in', {
    email: ` ${EMAIL.toUpperCase()} `,
    signInKey: SIGN_IN_KEY,
  })
  expect(status).toBe(200)
  const { token } = v.parse(SignedIn, body)
  expect(body).toEqual({ kind: 'signed-in', token, me: server.me, vault: vaultOf() })
  expect((await server.ask('/api/sign-out', {}, token)).status).toBe(204)
  expect(await server.ask('/api/me', undefined, token)).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated' },
  })
  expect((await server.ask('/api/sign-out', {}, token)).status).toBe(401)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(200)
})

test('a wrong key and an unknown account get the same answer, after the same work', async () => {
  const server = await serveReady({ limits: { signInsPerAccount: { points: 1_000, seconds: 60 } } })
  const times: Record<string, number[]> = { [EMAIL]: [], 'nobody@example.org': [] }
  for (let round = 0; round < 3; round++) {
    for (const email of Object.keys(times)) {
      const start = performance.now()
      const reply = await server.ask('/api/sign-in', { email, signInKey: WRONG })
      times[email]?.push(performance.now() - start)
      expect(reply).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
    }
  }
  const [known = 0, unknown = 0] = Object.values(times).map((values) => Math.min(...values))
  // The hash is nearly all of it: without it an unknown account would be answered in a tenth of the time.
  expect(unknown).toBeGreaterThan(known / 3)
})

test('sign-ins that fail are counted by account; those that succeed are not', async () => {
  const server = await serveReady({ limits: { signInsPerAccount: { points: 2, seconds: 60 } } })
  for (let count = 0; count < 4; count++) {
    expect((await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })).status).toBe(200)
  }
  const replies = []
  for (let count = 0; count < 3; count++)
    replies.push(await server.ask('/api/sign-in', { email: EMAIL, signInKey: WRONG }))
  expect(replies.map(({ status }) => status)).toEqual([401, 401, 429])
  expect(replies[2]?.body).toMatchObject({ code: 'too-many' })
  expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
  const other = await server.ask('/api/sign-in', { email: 'other@example.org', signInKey: WRONG })
  expect(other.status).toBe(401)
})

test('sign-ins that fail are counted by address, also when they come at once', async () => {
  const server = await serveReady({ limits: { signInsPerAddress: { points: 3, seconds: 60 } } })
  const emails = Array.from({ length: 8 }, (_, i) => `nobody${i}@example.org`)
  const replies = await Promise.all(emails.map((email) => server.ask('/api/sign-in', { email, signInKey: WRONG })))
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(3)
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(5)
})

test.each(['/api/sign-up/email', '/api/auth/sign-up/email', '/api/auth/sign-in/email', '/sign-up/email'])(
  'nobody can sign up: there is no %s',
  async (path) => {
    const server = await serveReady()
    const body = { email: 'eve@example.org', password: SIGN_IN_KEY, name: 'Eve', admin: true }
    expect(await server.ask(path, body)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    const reply = await server.ask('/api/sign-in', { email: 'eve@example.org', signInKey: SIGN_IN_KEY })
    expect(reply.body).toEqual({ code: 'wrong-credentials' })
  },
)

test('sign-in takes no more than the protocol says', async () => {
  const server = await serveReady()
  const more = { email: EMAIL, signInKey: SIGN_IN_KEY, admin: true }
  expect(await server.ask('/api/sign-in', more)).toMatchObject({
    status: 400,
    body: { code: 'malformed', about: 'admin' },
  })
  const short = { email: EMAIL, signInKey: 'short' }
  expect((await server.ask('/api/sign-in', short)).body).toEqual({ code: 'malformed', about: 'signInKey' })
})
