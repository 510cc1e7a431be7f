import { expect, test } from 'vitest'
import { greet, meet } from './support/client.ts'
import { addColleague, EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { signIn } from './support/two-step.ts'
import { vaultOf } from './support/vault.ts'

const NEW_KEY = 'n'.repeat(43)
const WRONG = 'w'.repeat(43)

test('one changes one’s own name and language; a name with a line break is refused', async () => {
  const server = await serveReady()
  const { body } = await server.ask('/api/me', { name: ' Ada Lovelace ', language: 'fr' }, server.token)
  expect(body).toEqual({ ...server.me, name: 'Ada Lovelace', language: 'fr' })
  expect((await server.ask('/api/me', undefined, server.token)).body).toEqual(body)
  expect((await server.ask('/api/me', {}, server.token)).body).toEqual(body)
  const bad = await server.ask('/api/me', { name: 'Ada\r\nBcc: eve@example.org' }, server.token)
  expect(bad).toMatchObject({ status: 400, body: { code: 'malformed', about: 'name' } })
})

test('a customer who is helped from now on sees the new name', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  await server.ask('/api/me', { name: 'Countess Ada' }, server.token)
  technician.send({ type: 'unattend', ticket: ticket.id })
  await customer.next('unattended')
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  expect((await customer.next('attended')).technician).toBe('Countess Ada')
})

test('others are told that people changed', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const client = await greet(server, 'technician', colleague.token)
  await server.ask('/api/me', { name: 'Ada L.' }, server.token)
  expect(await client.next('people')).toEqual({ type: 'people' })
})

test('the password is changed by who knows it; every other sign-in and its sockets end, this one goes on', async () => {
  const server = await serveReady()
  const other = await signIn(server)
  const token = other.kind === 'signed-in' ? other.token : ''
  const there = await greet(server, 'technician', token)
  const here = await greet(server, 'technician', server.token)
  const vault = vaultOf(0, 'C')
  const wrong = { signInKey: WRONG, newSignInKey: NEW_KEY, vault }
  const refused = await server.ask('/api/me/password', wrong, server.token)
  expect(refused).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  const right = { ...wrong, signInKey: SIGN_IN_KEY }
  expect((await server.ask('/api/me/password', right, server.token)).status).toBe(204)
  expect((await there.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await there.closed).toBe(1008)
  expect((await server.ask('/api/me', undefined, token)).status).toBe(401)
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(200)
  expect(here.socket.readyState).toBe(here.socket.OPEN)
  const old = await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  expect(old.body).toEqual({ code: 'wrong-credentials' })
  expect(await signIn(server, EMAIL, undefined, NEW_KEY)).toMatchObject({ kind: 'signed-in', vault })
})

test('a vault of another identity is refused, and nothing is changed', async () => {
  const server = await serveReady()
  const other = { signInKey: SIGN_IN_KEY, newSignInKey: NEW_KEY, vault: vaultOf(1) }
  const refused = await server.ask('/api/me/password', other, server.token)
  expect(refused).toMatchObject({ status: 409, body: { code: 'conflict', about: 'vault' } })
  expect(await signIn(server)).toMatchObject({ kind: 'signed-in', vault: vaultOf() })
})

test('guessing the password with a token that was found is counted', async () => {
  const server = await serveReady({ limits: { signInsPerAccount: { points: 2, seconds: 60 } } })
  const statuses = []
  for (let count = 0; count < 3; count++) {
    statuses.push((await server.ask('/api/me/two-step/off', { signInKey: WRONG }, server.token)).status)
  }
  expect(statuses).toEqual([401, 401, 429])
})
