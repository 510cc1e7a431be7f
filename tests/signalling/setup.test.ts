import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { EMAIL, serve, serveReady, setUp, setupBody, temporaryFolder } from './support/server.ts'
import { vaultOf } from './support/vault.ts'

test('the setup link makes the first admin, names the organisation, and then is dead', async () => {
  const server = await serve()
  const before = await server.ask('/api/instance')
  expect(before.body).toMatchObject({ organisation: null, ready: false, protocol: PROTOCOL_VERSION })
  const { token, me, vault } = await setUp(server)
  const twoStep = { on: false, required: false, app: false }
  expect(me).toEqual({
    id: me.id,
    name: 'Ada',
    email: EMAIL,
    admin: true,
    organisation: 'Example',
    language: 'en',
    twoStep,
    publicKey: vaultOf().publicKey,
  })
  expect(vault).toEqual(vaultOf())
  const { body: people } = await server.ask('/api/people', undefined, token)
  expect(people).toMatchObject({
    groups: [{ name: 'Support' }],
    technicians: [{ id: me.id, groups: [expect.any(String)] }],
  })
  expect((await server.ask('/api/me', undefined, token)).body).toEqual(me)
  expect((await server.ask('/api/instance')).body).toMatchObject({ organisation: 'Example', ready: true })
  const again = await server.ask('/api/setup', setupBody(server.setupToken))
  expect(again).toMatchObject({ status: 410, body: { code: 'setup-over' } })
})

test('of 50 who redeem it at once exactly one wins', async () => {
  const server = await serve()
  const bodies = Array.from({ length: 50 }, (_, i) => ({ ...setupBody(server.setupToken), email: `a${i}@example.org` }))
  const replies = await Promise.all(bodies.map((body) => server.ask('/api/setup', body)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const others = replies.filter(({ status }) => status !== 200)
  expect(others.map(({ body }) => body)).toEqual(Array(49).fill({ code: 'setup-over' }))
})

test('a link that never was one is refused, and attempts are counted', async () => {
  const server = await serve({ limits: { setups: { points: 2, seconds: 60 } } })
  const wrong = setupBody('w'.repeat(43))
  expect((await server.ask('/api/setup', wrong)).body).toEqual({ code: 'setup-over' })
  expect((await server.ask('/api/setup', { ...wrong, setupToken: 'short' })).body).toEqual({
    code: 'malformed',
    about: 'setupToken',
  })
  const third = await server.ask('/api/setup', wrong)
  expect(third).toMatchObject({ status: 429, body: { code: 'too-many' } })
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a start before the first use gives a new link, which ends the one before', async () => {
  const environment = { DATA_DIR: await temporaryFolder() }
  const first = await serve({ environment })
  await first.close()
  const second = await serve({ environment })
  expect(second.setupToken).not.toBe(first.setupToken)
  expect((await second.ask('/api/setup', setupBody(first.setupToken))).body).toEqual({ code: 'setup-over' })
  await setUp(second)
})

test('a start after it gives none, and instance and sign-ins are as they were', async () => {
  const environment = { DATA_DIR: await temporaryFolder() }
  const first = await serveReady({ environment })
  const before = await first.ask('/api/instance')
  await first.close()
  const second = await serve({ environment })
  expect(second.setupToken).toBeUndefined()
  expect((await second.ask('/api/instance')).body).toEqual(before.body)
  expect((await second.ask('/api/me', undefined, first.token)).body).toEqual(first.me)
})
