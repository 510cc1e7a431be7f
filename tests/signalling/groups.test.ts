import { expect, test } from 'vitest'
import { foldGroupName } from '../../protocol/group-name.ts'
import { addGroup, askPeople, invite, invitee, signUp } from './support/people.ts'
import { serveReady } from './support/server.ts'

test('an admin creates, renames and deletes groups', async () => {
  const server = await serveReady()
  const group = await addGroup(server, '  Field service ')
  expect(group.name).toBe('Field service')
  const renamed = await server.ask(`/api/groups/${group.id}`, { name: 'On site' }, server.token)
  expect(renamed).toMatchObject({ status: 200, body: { id: group.id, name: 'On site' } })
  expect((await askPeople(server)).groups.map(({ name }) => name)).toEqual(['On site', 'Support'])
  expect((await server.ask(`/api/groups/${group.id}/delete`, {}, server.token)).status).toBe(204)
  expect((await askPeople(server)).groups.map(({ name }) => name)).toEqual(['Support'])
  for (const path of [`/api/groups/${group.id}/delete`, `/api/groups/${group.id}`, '/api/groups/nonsense']) {
    const reply = await server.ask(path, { name: 'Anything' }, server.token)
    expect(reply).toMatchObject({ status: 404, body: { code: 'not-found', about: 'group' } })
  }
})

test('names are unique, case and accents aside, also by renaming; a group may change its own name’s case', async () => {
  const server = await serveReady()
  const group = await addGroup(server, 'Équipe Été')
  const taken = { status: 409, body: { code: 'name-taken', about: 'name' } }
  expect(await server.ask('/api/groups', { name: 'equipe  ETE' }, server.token)).toMatchObject(taken)
  const other = await addGroup(server, 'Other')
  expect(await server.ask(`/api/groups/${other.id}`, { name: 'EQUIPE ÉTÉ' }, server.token)).toMatchObject(taken)
  const own = await server.ask(`/api/groups/${group.id}`, { name: 'ÉQUIPE ÉTÉ' }, server.token)
  expect(own).toMatchObject({ status: 200, body: { name: 'ÉQUIPE ÉTÉ' } })
})

test('of 30 who create or take one name at once, one has it', async () => {
  const server = await serveReady()
  const others = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((name) => addGroup(server, name)))
  const replies = await Promise.all([
    ...Array.from({ length: 25 }, (_, i) =>
      server.ask('/api/groups', { name: i % 2 ? 'Réseau' : 'RESEAU' }, server.token),
    ),
    ...others.map(({ id }) => server.ask(`/api/groups/${id}`, { name: 'reseau' }, server.token)),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ body }) => (body as { code?: string }).code === 'name-taken')).toHaveLength(29)
  const { groups } = await askPeople(server)
  expect(groups.filter(({ name }) => foldGroupName(name) === 'reseau')).toHaveLength(1)
})

test('a group with technicians or open invitations is not deleted', async () => {
  const server = await serveReady()
  const inUse = { status: 409, body: { code: 'group-in-use', about: 'group' } }
  const [support] = (await askPeople(server)).groups
  expect(await server.ask(`/api/groups/${support?.id}/delete`, {}, server.token)).toMatchObject(inUse)
  const invited = await addGroup(server, 'Invited')
  expect(await invite(server, [invitee('grace@example.org', { groups: [invited.id] })])).toEqual(['invited'])
  expect(await server.ask(`/api/groups/${invited.id}/delete`, {}, server.token)).toMatchObject(inUse)
  const [invitation] = (await askPeople(server)).invitations
  await server.ask(`/api/invitations/${invitation?.id}/revoke`, {}, server.token)
  expect((await server.ask(`/api/groups/${invited.id}/delete`, {}, server.token)).status).toBe(204)
})

test('a group that somebody is moved into while it is deleted: one of the two is refused', async () => {
  const server = await serveReady()
  for (let round = 0; round < 10; round++) {
    const { id } = await addGroup(server, `Round ${round}`)
    const move = { technicians: [server.me.id], add: [id], remove: [] }
    const [moved, deleted] = await Promise.all([
      server.ask('/api/technicians/groups', move, server.token),
      server.ask(`/api/groups/${id}/delete`, {}, server.token),
    ])
    expect([
      [200, 409],
      [404, 204],
    ]).toContainEqual([moved.status, deleted.status])
    const { groups, technicians } = await askPeople(server)
    const known = new Set(groups.map((group) => group.id))
    expect(technicians.flatMap((technician) => technician.groups).filter((group) => !known.has(group))).toEqual([])
  }
})

test('a technician may not, and names without letters or with line breaks are refused', async () => {
  const server = await serveReady()
  const { token } = await signUp(server, invitee('grace@example.org'))
  const group = await addGroup(server, 'A')
  for (const path of ['/api/groups', `/api/groups/${group.id}`, `/api/groups/${group.id}/delete`]) {
    expect(await server.ask(path, { name: 'B' }, token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await server.ask(path, { name: 'B' })).status).toBe(401)
  }
  for (const name of ['', '   ', 'A\r\nBcc: eve@example.org', 'A\n', 'a\u0000b', 'x'.repeat(81)]) {
    const reply = await server.ask('/api/groups', { name }, server.token)
    expect(reply).toMatchObject({ status: 400, body: { code: 'malformed', about: 'name' } })
  }
})

test.each([
  ['ÉQUIPE', 'equipe', true],
  ['Straße', 'STRASSE', true],
  ['ＡＢＣ', 'abc', true],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος', true],
  ['Level 1', 'Level  1', true],
  ['Level 1', 'Level 2', false],
  ['Été', 'Étés', false],
  ['支持', '支援', false],
])('%s and %s are one name: %s', (one, other, same) => {
  expect(foldGroupName(one) === foldGroupName(other)).toBe(same)
})
