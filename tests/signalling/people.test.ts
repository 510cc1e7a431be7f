import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { PeopleReply, TechnicianRow } from '../../protocol/people.ts'
import { connect, greet, helloOf } from './support/client.ts'
import { addGroup, askPeople, eventually, invite, invitee, signUp } from './support/people.ts'
import { createTicket, EMAIL, SIGN_IN_KEY, serveReady } from './support/server.ts'

/** An admin, and two technicians who share one of three groups. */
async function serveTeam() {
  const server = await serveReady()
  const [one, two, three] = [
    await addGroup(server, 'One'),
    await addGroup(server, 'Two'),
    await addGroup(server, 'Three'),
  ]
  const grace = await signUp(server, invitee('grace@example.org', { groups: [one.id, two.id] }), 'Grace')
  const linus = await signUp(server, invitee('linus@example.org', { groups: [two.id, three.id] }), 'Linus')
  return { server, groups: { one, two, three }, grace, linus }
}

test('an admin sees everybody, a technician the own groups and who is in them', async () => {
  const { server, groups, grace, linus } = await serveTeam()
  await invite(server, [invitee('new@example.org', { admin: true })])
  const all = await askPeople(server)
  expect(all.groups.map(({ name }) => name)).toEqual(['One', 'Support', 'Three', 'Two'])
  expect(all.technicians.map(({ email }) => email)).toEqual([EMAIL, 'grace@example.org', 'linus@example.org'])
  expect(all.invitations).toMatchObject([{ email: 'new@example.org', admin: true, twoStep: false, delivery: 'outbox' }])
  const { groups: own, technicians, invitations } = await askPeople(server, grace.token)
  expect(own.map(({ name }) => name)).toEqual(['One', 'Two'])
  expect(technicians.map(({ id }) => id)).toEqual([grace.me.id, linus.me.id])
  expect(technicians[1]?.groups).toEqual([groups.two.id])
  expect(invitations).toEqual([])
  expect((await server.ask('/api/people')).status).toBe(401)
})

test('people are moved together, or nobody is', async () => {
  const { server, groups, grace, linus } = await serveTeam()
  const { one, two, three } = groups
  const move = { technicians: [grace.me.id, linus.me.id, grace.me.id], add: [three.id], remove: [two.id, one.id] }
  const { status, body } = await server.ask('/api/technicians/groups', move, server.token)
  expect(status).toBe(200)
  expect(body).toEqual(await askPeople(server))
  const groupsOf = async () => {
    const { technicians } = await askPeople(server)
    return technicians.map((technician) => technician.groups)
  }
  const moved = await groupsOf()
  expect(moved.slice(1)).toEqual([[three.id], [three.id]])
  for (const [bad, about] of [
    [{ ...move, technicians: [grace.me.id, 'nobody'], add: [one.id] }, 'technicians'],
    [{ ...move, add: [one.id, '-'.repeat(22)], remove: [three.id] }, 'add'],
  ] as const) {
    const reply = await server.ask('/api/technicians/groups', bad, server.token)
    expect(reply).toMatchObject({ status: 404, body: { code: 'not-found', about } })
  }
  expect(await groupsOf()).toEqual(moved)
  expect((await server.ask('/api/technicians/groups', move, grace.token)).body).toEqual({ code: 'forbidden' })
})

test('500 people fit into one request, 501 do not', async () => {
  const { server, groups } = await serveTeam()
  const ids = Array.from({ length: 501 }, () => randomBytes(16).toString('base64url'))
  const add = [groups.one.id]
  const most = await server.ask('/api/technicians/groups', { technicians: ids.slice(1), add, remove: [] }, server.token)
  expect(most.body).toEqual({ code: 'not-found', about: 'technicians' })
  const more = await server.ask('/api/technicians/groups', { technicians: ids, add, remove: [] }, server.token)
  expect(more.body).toEqual({ code: 'malformed', about: 'technicians' })
  const huge = await server.ask('/api/technicians/groups', 'x'.repeat(512 * 1024 + 1), server.token)
  expect(huge).toMatchObject({ status: 413, body: { code: 'too-large' } })
})

test('rights change at once, also on an open socket', async () => {
  const { server, grace } = await serveTeam()
  const socket = await greet(server, 'technician', grace.token)
  const change = (what: object) => server.ask(`/api/technicians/${grace.me.id}`, what, server.token)
  const { status, body } = await change({ admin: true })
  expect(status).toBe(200)
  expect(v.parse(TechnicianRow, body)).toMatchObject({ admin: true, active: true, online: true })
  expect((await server.ask('/api/me', undefined, grace.token)).body).toMatchObject({ admin: true })
  const [group] = v.parse(PeopleReply, (await server.ask('/api/people', undefined, server.token)).body).groups
  const move = (how: object) =>
    server.ask('/api/technicians/groups', { technicians: [grace.me.id], add: [], remove: [], ...how }, server.token)
  await move({ remove: [group?.id] })
  const seen = await createTicket(server, server.token)
  expect((await socket.next('ticket')).ticket.id).toBe(seen.id)
  await change({ admin: false })
  await createTicket(server, server.token)
  await move({ add: [group?.id] })
  const theirs = await createTicket(server, server.token)
  expect((await socket.next('ticket')).ticket.id).toBe(theirs.id)
  expect(await change({})).toMatchObject({ status: 200, body: { admin: false } })
})

test('deactivation ends the sign-in and the socket at once, until somebody reactivates', async () => {
  const { server, grace } = await serveTeam()
  const socket = await greet(server, 'technician', grace.token)
  const path = `/api/technicians/${grace.me.id}`
  expect(await server.ask(path, { active: false }, server.token)).toMatchObject({
    body: { active: false, online: false },
  })
  expect((await socket.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await socket.closed).toBe(1008)
  expect((await server.ask('/api/me', undefined, grace.token)).status).toBe(401)
  const late = await connect(server)
  late.send(helloOf('technician', grace.token))
  expect((await late.next('refused')).refusal).toMatchObject({ code: 'unauthenticated' })
  const signIn = () => server.ask('/api/sign-in', { email: 'grace@example.org', signInKey: SIGN_IN_KEY })
  expect((await signIn()).status).toBe(401)
  expect(await server.ask(path, { active: true }, server.token)).toMatchObject({ body: { active: true } })
  expect((await server.ask('/api/me', undefined, grace.token)).status).toBe(401)
  expect((await signIn()).status).toBe(200)
})

test('sockets that open while the technician is deactivated do not outlive it', async () => {
  const { server, grace } = await serveTeam()
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(server)))
  const deactivated = server.ask(`/api/technicians/${grace.me.id}`, { active: false }, server.token)
  for (const socket of sockets) socket.send(helloOf('technician', grace.token))
  await deactivated
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual(Array(20).fill(1008))
})

test('the last active admin can be neither demoted nor deactivated', async () => {
  const { server, grace } = await serveTeam()
  const lastAdmin = { status: 409, body: { code: 'last-admin' } }
  const own = `/api/technicians/${server.me.id}`
  expect(await server.ask(own, { admin: false }, server.token)).toMatchObject(lastAdmin)
  expect(await server.ask(own, { active: false }, server.token)).toMatchObject(lastAdmin)
  // An admin who is deactivated does not count.
  await server.ask(`/api/technicians/${grace.me.id}`, { admin: true, active: false }, server.token)
  expect(await server.ask(own, { admin: false, active: false }, server.token)).toMatchObject(lastAdmin)
  expect((await server.ask(own, { admin: true }, server.token)).status).toBe(200)
})

test('of two admins who demote or deactivate each other at the same moment, one stays', async () => {
  const { server, grace } = await serveTeam()
  const first = { id: server.me.id, token: server.token }
  const second = { id: grace.me.id, token: grace.token }
  await server.ask(`/api/technicians/${second.id}`, { admin: true }, first.token)
  let remaining = [first, second]
  for (const what of [{ admin: false }, { admin: false }, { admin: false }]) {
    const [one = first, two = second] = remaining
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        i % 2
          ? server.ask(`/api/technicians/${one.id}`, what, two.token)
          : server.ask(`/api/technicians/${two.id}`, what, one.token),
      ),
    )
    expect(new Set(replies.map(({ status }) => status))).toSatisfy((all: Set<number>) => all.has(200) && all.size > 1)
    const rows = await Promise.all(remaining.map(({ token }) => server.ask('/api/me', undefined, token)))
    const admins = rows.filter(({ body }) => (body as { admin: boolean }).admin)
    expect(admins).toHaveLength(1)
    const [boss, other] = admins[0] === rows[0] ? [one, two] : [two, one]
    await server.ask(`/api/technicians/${other.id}`, { admin: true }, boss.token)
    remaining = [boss, other]
  }
  const [one = first, two = second] = remaining
  const replies = await Promise.all([
    server.ask(`/api/technicians/${one.id}`, { active: false }, two.token),
    server.ask(`/api/technicians/${two.id}`, { active: false }, one.token),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  const alive = await Promise.all(remaining.map(({ token }) => server.ask('/api/me', undefined, token)))
  expect(alive.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
})

test('only an admin changes others, and only somebody who is there', async () => {
  const { server, grace, linus } = await serveTeam()
  for (const what of [{ admin: true }, { active: false }, { twoStepRequired: true }]) {
    expect(await server.ask(`/api/technicians/${linus.me.id}`, what, grace.token)).toMatchObject({ status: 403 })
  }
  expect((await server.ask('/api/technicians/nobody', { admin: true }, server.token)).body).toEqual({
    code: 'not-found',
    about: 'technician',
  })
  const malformed = await server.ask(`/api/technicians/${linus.me.id}`, { name: 'Eve' }, server.token)
  expect(malformed.body).toEqual({ code: 'malformed', about: 'name' })
})

test('a second step is not required of somebody who could not take it', async () => {
  const { server, grace } = await serveTeam()
  const path = `/api/technicians/${grace.me.id}`
  expect(await server.ask(path, { twoStepRequired: true }, server.token)).toMatchObject({
    status: 409,
    body: { code: 'no-mail', about: 'twoStepRequired' },
  })
  expect((await server.ask(path, { twoStepRequired: false }, server.token)).status).toBe(200)
})

test('who is online, and when they were here last, is known; technicians are told by the message people', async () => {
  const { server, grace } = await serveTeam()
  const rowOf = async () => (await askPeople(server)).technicians.find(({ id }) => id === grace.me.id)
  expect(await rowOf()).toMatchObject({ online: false, lastSeenAt: null })
  const admin = await greet(server, 'technician', server.token)
  await admin.next('people')
  const before = Date.now()
  const socket = await greet(server, 'technician', grace.token)
  await admin.next('people')
  expect(await rowOf()).toMatchObject({ online: true })
  socket.socket.close()
  await admin.next('people')
  const row = await eventually(rowOf, (found) => found?.online === false)
  expect(row?.lastSeenAt).toBeGreaterThanOrEqual(before)
})

test('a background that only listens hears of tickets, and makes nobody online', async () => {
  const { server, grace } = await serveTeam()
  const rowOf = async () => (await askPeople(server)).technicians.find(({ id }) => id === grace.me.id)
  const pager = await connect(server)
  pager.send({ ...helloOf('technician', grace.token), pager: true })
  await pager.next('welcome')
  expect(await rowOf()).toMatchObject({ online: false, lastSeenAt: null })
  const ticket = await createTicket(server, grace.token)
  expect((await pager.next('ticket')).ticket.id).toBe(ticket.id)
  const desk = await greet(server, 'technician', grace.token)
  expect(await rowOf()).toMatchObject({ online: true })
  desk.socket.close()
  expect(await eventually(rowOf, (found) => found?.online === false)).toMatchObject({ active: true })
})

test('changes that come close together are told together', async () => {
  const server = await serveReady()
  const admin = await greet(server, 'technician', server.token)
  await admin.next('people')
  const start = Date.now()
  await Promise.all(Array.from({ length: 20 }, (_, i) => addGroup(server, `Group ${i}`)))
  await admin.next('people')
  const told = 1 + admin.seen().filter(({ type }) => type === 'people').length
  expect(told).toBeLessThanOrEqual(Math.ceil((Date.now() - start) / 100))
})
