import { createHmac } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { IceReply } from '../../protocol/http.ts'
import { createTicket, join, serve, serveReady } from './support/server.ts'

const TURN = {
  STUN_URLS: 'stun:stun.example.org:3478',
  TURN_URLS: 'turn:turn.example.org:3478?transport=udp, turns:turn.example.org:5349',
  TURN_SECRET: 'a shared secret of coturn',
  TURN_TTL: '600',
}

test('technicians and customers get the relay with credentials that coturn believes for a while', async () => {
  const server = await serveReady({ environment: TURN })
  const ticket = await createTicket(server, server.token)
  const customer = await join(server, ticket.lookup)
  const usernames = new Set<string | undefined>()
  for (const token of [server.token, customer.token]) {
    const before = Date.now()
    const { iceServers, expiresAt } = v.parse(IceReply, (await server.ask('/api/ice', undefined, token)).body)
    const [stun, turn] = iceServers
    expect(stun).toEqual({ urls: ['stun:stun.example.org:3478'] })
    expect(turn?.urls).toEqual(['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:5349'])
    const username = turn?.username ?? ''
    expect(Number(username.split(':')[0]) * 1000).toBe(expiresAt)
    expect(Math.abs(expiresAt - before - 600_000)).toBeLessThan(5_000)
    expect(turn?.credential).toBe(createHmac('sha1', TURN.TURN_SECRET).update(username).digest('base64'))
    usernames.add(username)
  }
  expect(usernames.size).toBe(2)
})

test('one caller has one name at the relay, which counts by it; another one has another', async () => {
  const server = await serveReady({ environment: TURN })
  const ticket = await createTicket(server, server.token)
  const customer = await join(server, ticket.lookup)
  const nameOf = async (token: string) => {
    const { iceServers } = v.parse(IceReply, (await server.ask('/api/ice', undefined, token)).body)
    return iceServers[1]?.username?.split(':')[1]
  }
  const name = await nameOf(customer.token)
  expect(name).toMatch(/^[\w-]{16}$/)
  expect(await nameOf(customer.token)).toBe(name)
  expect(await nameOf(server.token)).not.toBe(name)
})

test('a customer’s credentials end with the join, and nobody asks for them without end', async () => {
  const server = await serveReady({
    environment: TURN,
    limits: { joinTokenMs: 5000, icePerCaller: { points: 2, seconds: 60 } },
  })
  const ticket = await createTicket(server, server.token)
  const before = Date.now()
  const { token } = await join(server, ticket.lookup)
  const ask = () => server.ask('/api/ice', undefined, token)
  const { iceServers, expiresAt } = v.parse(IceReply, (await ask()).body)
  expect(expiresAt).toBeLessThanOrEqual(Date.now() + 5000)
  expect(expiresAt).toBeGreaterThanOrEqual(before + 3000)
  expect(iceServers[1]?.username?.startsWith(`${expiresAt / 1000}:`)).toBe(true)
  expect((await ask()).status).toBe(200)
  expect(await ask()).toMatchObject({ status: 429, body: { code: 'too-many' } })
  expect((await server.ask('/api/ice', undefined, server.token)).status, 'another caller').toBe(200)
})

test('without a relay there is nothing to give, and without a token nobody gets it', async () => {
  const server = await serveReady()
  expect((await server.ask('/api/ice', undefined, server.token)).body).toMatchObject({ iceServers: [] })
  const configured = await serve({ environment: TURN })
  for (const token of [undefined, 'x'.repeat(43), `${'x'.repeat(32)}.${'y'.repeat(44)}`]) {
    expect(await configured.ask('/api/ice', undefined, token)).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    })
  }
})
