import * as v from 'valibot'
import { expect, test } from 'vitest'
import { SignedIn } from '../../protocol/account.ts'
import { greet } from './support/client.ts'
import {
  addGroup,
  askOutbox,
  askPeople,
  invite,
  invitedToken,
  invitee,
  redeem,
  signUp,
  tokenIn,
} from './support/people.ts'
import { EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { vaultOf } from './support/vault.ts'

const WEEK = 7 * 86_400_000
const OVER = { status: 410, body: { code: 'invitation-over' } }

test('each row has its own verdict, and a bad one harms no other', async () => {
  const server = await serveReady()
  const group = await addGroup(server, 'One')
  const rows = [
    invitee('grace@example.org', { groups: [group.id, group.id], admin: true }),
    invitee('not an address'),
    invitee(' Grace@Example.ORG '),
    invitee(EMAIL),
    invitee('lost@example.org', { groups: ['-'.repeat(22), group.id] }),
    invitee('careful@example.org', { twoStep: true }),
    invitee('linus@example.org'),
  ]
  const verdicts = await invite(server, rows)
  const expected = [
    'invited',
    'malformed-address',
    'duplicate',
    'already-technician',
    'unknown-group',
    'no-mail',
    'invited',
  ]
  expect(verdicts).toEqual(expected)
  expect(await invite(server, [invitee('GRACE@example.org')])).toEqual(['already-invited'])
  const { invitations } = await askPeople(server)
  expect(invitations.map(({ email }) => email)).toEqual(['grace@example.org', 'linus@example.org'])
  expect(invitations[0]).toMatchObject({ groups: [group.id], admin: true, twoStep: false, language: 'en' })
  expect((invitations[0]?.expiresAt ?? 0) - (invitations[0]?.createdAt ?? 0)).toBe(WEEK)
})

test.each([
  'eve@example.org\r\nBcc: all@example.org',
  'eve@example.org\n',
  '\r\neve@example.org',
  'eve@exam\u0000ple.org',
  'eve@example.org, all@example.org',
  '"eve" <eve@example.org>',
  'eve@example.org>',
  'é@example.org',
])('nothing but one address gets into a mail: %j', async (email) => {
  const server = await serveReady()
  expect(await invite(server, [invitee(email)])).toEqual(['malformed-address'])
  expect(await askOutbox(server)).toEqual([])
})

test('500 rows go at once, the 501st is refused with all of them', async () => {
  const server = await serveReady()
  const group = await addGroup(server, 'One')
  const rows = Array.from({ length: 501 }, (_, i) => invitee(`t${i}@example.org`, { groups: [group.id] }))
  const more = await server.ask('/api/invitations', { language: 'en', invitees: rows }, server.token)
  expect(more).toMatchObject({ status: 400, body: { code: 'malformed', about: 'invitees' } })
  expect((await askPeople(server)).invitations).toEqual([])
  expect(new Set(await invite(server, rows.slice(1)))).toEqual(new Set(['invited']))
  const { invitations } = await askPeople(server)
  expect(invitations.filter(({ groups }) => groups[0] === group.id)).toHaveLength(500)
  expect(await askOutbox(server)).toHaveLength(500)
})

test('two admins who invite the same people at once invite each of them once', async () => {
  const server = await serveReady()
  const rows = Array.from({ length: 40 }, (_, i) => invitee(`t${i}@example.org`))
  const both = await Promise.all([invite(server, rows), invite(server, rows.toReversed())])
  expect(both.flat().filter((verdict) => verdict === 'invited')).toHaveLength(40)
  expect(both.flat().filter((verdict) => verdict === 'already-invited')).toHaveLength(40)
  expect((await askPeople(server)).invitations).toHaveLength(40)
})

test('the link shows who invites to what, makes a technician who is signed in, and then is dead', async () => {
  const server = await serveReady()
  const [one, two] = [await addGroup(server, 'One'), await addGroup(server, 'Two')]
  const row = invitee('grace@example.org', { groups: [two.id, one.id], admin: true })
  const token = await invitedToken(server, row)
  const look = await server.ask('/api/invitations/look', { token })
  expect(look).toMatchObject({
    status: 200,
    body: { email: 'grace@example.org', organisation: 'Example', inviter: 'Ada' },
  })
  expect(look.body).toMatchObject({ groups: ['One', 'Two'], admin: true, twoStep: false, language: 'en' })
  const reply = await redeem(server, token)
  const { me, vault, token: bearer } = v.parse(SignedIn, reply.body)
  expect(me).toMatchObject({ name: 'Grace', email: 'grace@example.org', admin: true, language: 'fr' })
  expect(vault).toEqual(vaultOf(1))
  expect((await server.ask('/api/me', undefined, bearer)).body).toEqual(me)
  const { technicians, invitations } = await askPeople(server)
  const added = technicians.find(({ id }) => id === me.id)
  expect(added?.groups.toSorted()).toEqual([one.id, two.id].toSorted())
  expect(invitations).toEqual([])
  expect(await askOutbox(server)).toEqual([])
  expect(await server.ask('/api/invitations/look', { token })).toMatchObject(OVER)
  expect(await redeem(server, token)).toMatchObject(OVER)
})

test('of 100 who redeem it at once one becomes a technician', async () => {
  const server = await serveReady()
  const token = await invitedToken(server, invitee('grace@example.org'))
  const replies = await Promise.all(Array.from({ length: 100 }, (_, i) => redeem(server, token, `Grace ${i}`)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(
    replies.filter(({ status, body }) => status === 410 && (body as { code: string }).code === 'invitation-over'),
  ).toHaveLength(99)
  const { technicians } = await askPeople(server)
  expect(technicians.filter(({ email }) => email === 'grace@example.org')).toHaveLength(1)
  const bearer = v.parse(SignedIn, replies.find(({ status }) => status === 200)?.body).token
  expect((await server.ask('/api/me', undefined, bearer)).status).toBe(200)
})

test('the token is not in the database, only its hash', async () => {
  const server = await serveReady()
  const token = await invitedToken(server, invitee('grace@example.org'))
  expect(token).toMatch(/^[\w-]{43}$/)
  const all = await server.databaseText()
  expect(all.includes('grace@example.org')).toBe(true)
  expect(all.includes(token)).toBe(false)
})

test('sent again, the new link works and the old one is dead; revoked, none does', async () => {
  const server = await serveReady()
  const first = await invitedToken(server, invitee('grace@example.org'))
  const [invitation] = (await askPeople(server)).invitations
  const path = `/api/invitations/${invitation?.id}`
  expect((await server.ask(`${path}/resend`, {}, server.token)).status).toBe(204)
  const mails = await askOutbox(server)
  expect(mails).toHaveLength(1)
  const second = tokenIn(mails[0]?.text ?? '')
  expect(await redeem(server, first)).toMatchObject(OVER)
  expect((await server.ask('/api/invitations/look', { token: second })).status).toBe(200)
  expect((await server.ask(`${path}/revoke`, {}, server.token)).status).toBe(204)
  expect(await redeem(server, second)).toMatchObject(OVER)
  expect((await askPeople(server)).invitations).toEqual([])
  expect(await askOutbox(server)).toEqual([])
  for (const action of ['resend', 'revoke']) {
    const gone = await server.ask(`${path}/${action}`, {}, server.token)
    expect(gone).toMatchObject({ status: 404, body: { code: 'not-found', about: 'invitation' } })
  }
})

test('after a week it is over; it can be sent again, or its address be invited anew', async () => {
  const server = await serveReady()
  const group = await addGroup(server, 'One')
  const token = await invitedToken(server, invitee('grace@example.org', { groups: [group.id] }))
  await server.sql('update invitations set expires_at = 1')
  expect(await server.ask('/api/invitations/look', { token })).toMatchObject(OVER)
  expect(await redeem(server, token)).toMatchObject(OVER)
  // A group that nobody is invited to any more can go; the invitation forgets it.
  expect((await server.ask(`/api/groups/${group.id}/delete`, {}, server.token)).status).toBe(204)
  const [old] = (await askPeople(server)).invitations
  expect(old?.groups).toEqual([])
  await server.ask(`/api/invitations/${old?.id}/resend`, {}, server.token)
  const again = tokenIn((await askOutbox(server))[0]?.text ?? '')
  expect((await server.ask('/api/invitations/look', { token: again })).body).toMatchObject({ groups: [] })
  await server.sql('update invitations set expires_at = 1')
  expect(await invite(server, [invitee('grace@example.org')])).toEqual(['invited'])
  expect((await askPeople(server)).invitations).toHaveLength(1)
})

test('who is a technician by now is not made one again', async () => {
  const server = await serveReady()
  const token = await invitedToken(server, invitee('grace@example.org'))
  await server.sql(`update "user" set email = 'grace@example.org' where id = '${server.me.id}'`)
  expect(await server.ask('/api/invitations/look', { token })).toMatchObject(OVER)
  expect(await redeem(server, token)).toMatchObject(OVER)
  expect((await askPeople(server)).technicians).toHaveLength(1)
})

test('a technician may neither invite nor see invitations', async () => {
  const server = await serveReady()
  const { token } = await signUp(server, invitee('grace@example.org'))
  await invite(server, [invitee('linus@example.org')])
  const [invitation] = (await askPeople(server)).invitations
  const body = { language: 'en', invitees: [invitee('eve@example.org')] }
  const paths = [
    `/api/invitations/${invitation?.id}/resend`,
    `/api/invitations/${invitation?.id}/revoke`,
    '/api/invitations',
  ]
  for (const path of paths) {
    expect(await server.ask(path, body, token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  }
  expect((await askPeople(server, token)).invitations).toEqual([])
})

test('a link that never was one is refused, its fields are looked at, and attempts are counted', async () => {
  const server = await serveReady({ limits: { linksPerAddress: { points: 5, seconds: 60 } } })
  const token = await invitedToken(server, invitee('grace@example.org'))
  expect(await redeem(server, 'w'.repeat(43))).toMatchObject(OVER)
  expect((await redeem(server, 'short')).body).toEqual({ code: 'malformed', about: 'token' })
  expect((await redeem(server, token, 'Grace\r\nBcc: eve@example.org')).body).toEqual({
    code: 'malformed',
    about: 'name',
  })
  expect((await server.ask('/api/invitations/look', { token, signInKey: SIGN_IN_KEY })).status).toBe(400)
  expect((await server.ask('/api/invitations/look', { token })).status).toBe(200)
  expect(await redeem(server, token)).toMatchObject({ status: 429, body: { code: 'too-many' } })
})

test('whoever comes by an invitation is told of live', async () => {
  const server = await serveReady()
  const token = await invitedToken(server, invitee('grace@example.org'))
  const admin = await greet(server, 'technician', server.token)
  await admin.next('people')
  await redeem(server, token)
  await admin.next('people')
  expect((await askPeople(server)).technicians.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
})
