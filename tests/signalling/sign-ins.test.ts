import * as v from 'valibot'
import { expect, test } from 'vitest'
import { SignedIn, SignInsReply } from '../../protocol/account.ts'
import { connect, greet, helloOf } from './support/client.ts'
import { addColleague, EMAIL, type Running, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { signIn } from './support/two-step.ts'

async function list(server: Pick<Running, 'ask'>, token: string) {
  return v.parse(SignInsReply, (await server.ask('/api/me/sign-ins', undefined, token)).body).signIns
}

async function signInFrom(server: Pick<Running, 'ask'>, headers: Record<string, string>): Promise<string> {
  const { body } = await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY }, undefined, headers)
  return v.parse(SignedIn, body).token
}

test('sign-ins are listed with browser, address and times, and the one that asks is marked', async () => {
  const server = await serveReady({ environment: { TRUSTED_PROXIES: '127.0.0.1' } })
  const token = await signInFrom(server, {
    'user-agent': `Netscape ${'x'.repeat(300)}`,
    'x-forwarded-for': '2001:db8::7',
  })
  const signIns = await list(server, token)
  expect(signIns).toHaveLength(2)
  const [newest, older] = signIns
  expect(newest).toMatchObject({ address: '2001:db8::7', current: true })
  expect(newest?.userAgent).toHaveLength(200)
  expect(newest?.userAgent).toMatch(/^Netscape x+$/)
  expect(older).toMatchObject({ current: false, address: '127.0.0.1' })
  expect(newest?.createdAt).toBeGreaterThanOrEqual(older?.createdAt ?? Number.POSITIVE_INFINITY)
})

test('use is noted, at most once a minute, and prolongs the sign-in', async () => {
  const server = await serveReady()
  const [before] = await list(server, server.token)
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  await server.sql(`update session set "expiresAt" = '${soon}'`)
  expect((await list(server, server.token))[0]?.lastUsedAt).toBe(before?.lastUsedAt)
  await server.sql(`update session set "lastUsedAt" = ${Date.now() - 61_000}`)
  await list(server, server.token)
  expect((await list(server, server.token))[0]?.lastUsedAt).toBeGreaterThan(before?.lastUsedAt ?? 0)
  await server.sql(`delete from session where "expiresAt" < '${new Date(Date.now() + 6 * 86_400_000).toISOString()}'`)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(200)
})

test('a sign-in that was not used for a week is over', async () => {
  const server = await serveReady()
  await server.sql(`update session set "expiresAt" = '${new Date(Date.now() - 1).toISOString()}'`)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
})

test('what is known of browser and address is forgotten with the sign-in', async () => {
  const server = await serveReady({ limits: { expirySweepMs: 20 } })
  await server.sql(`update session set "expiresAt" = '${new Date(Date.now() - 1).toISOString()}'`)
  await expect.poll(() => server.rows('select id from session')).toEqual([])
})

test('one ends one’s own sign-ins, with their sockets, and nobody else’s', async () => {
  const server = await serveReady()
  const token = await signInFrom(server, {})
  const client = await greet(server, 'technician', token)
  const colleague = await addColleague(server, false)
  const other = (await list(server, server.token)).find(({ current }) => !current)
  const path = `/api/me/sign-ins/${other?.id}/end`
  expect(await server.ask(path, {}, colleague.token)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect((await server.ask('/api/me', undefined, token)).status).toBe(200)
  expect((await server.ask(path, {}, server.token)).status).toBe(204)
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect((await server.ask('/api/me', undefined, token)).status).toBe(401)
  expect((await server.ask(path, {}, server.token)).status).toBe(404)
  expect((await server.ask('/api/me/sign-ins/no.id/end', {}, server.token)).status).toBe(404)
})

test('signing out everywhere ends all of one’s own, this one too, with their sockets', async () => {
  const server = await serveReady()
  const token = await signInFrom(server, {})
  const clients = [await greet(server, 'technician', token), await greet(server, 'technician', server.token)]
  const colleague = await addColleague(server, false)
  expect((await server.ask('/api/me/sign-out-everywhere', {}, server.token)).status).toBe(204)
  for (const client of clients) expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect((await server.ask('/api/me', undefined, token)).status).toBe(401)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
  expect((await server.ask('/api/me', undefined, colleague.token)).status).toBe(200)
  expect((await signIn(server)).kind).toBe('signed-in')
})

test('a deactivated account: tokens and sockets die at once, and sign-in looks like a wrong password', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const client = await greet(server, 'technician', colleague.token)
  const path = `/api/technicians/${colleague.me.id}`
  expect((await server.ask(path, { active: false }, server.token)).status).toBe(200)
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect((await server.ask('/api/me', undefined, colleague.token)).status).toBe(401)
  const again = await connect(server)
  again.send(helloOf('technician', colleague.token))
  expect((await again.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  const email = colleague.me.email
  const start = performance.now()
  const refused = await server.ask('/api/sign-in', { email, signInKey: SIGN_IN_KEY })
  const known = performance.now() - start
  expect(refused).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  const second = performance.now()
  await server.ask('/api/sign-in', { email: 'nobody@example.org', signInKey: SIGN_IN_KEY })
  expect(known).toBeGreaterThan((performance.now() - second) / 3)
  await server.ask(path, { active: true }, server.token)
  expect((await signIn(server, email)).kind).toBe('signed-in')
  expect((await server.ask('/api/me', undefined, colleague.token)).status).toBe(401)
})
