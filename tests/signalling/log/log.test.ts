import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketsReply } from '../../../protocol/http.ts'
import { type LogRow, RemoteLogReply, SessionLogReply, WebLogReply } from '../../../protocol/log.ts'
import { Sealed } from '../../../protocol/rooms.ts'
import { meet } from '../support/client.ts'
import { addGroup, eventually, invite, invitee } from '../support/people.ts'
import {
  addColleague,
  change,
  createTicket,
  EMAIL,
  execute,
  firstGroup,
  newKey,
  otherGroup,
  type Running,
  SIGN_IN_KEY,
  serve,
  serveReady,
  temporaryFolder,
} from '../support/server.ts'

type Server = Pick<Running, 'ask'> & { token: string }

async function web(server: Server, query = '', token = server.token) {
  return v.parse(WebLogReply, (await server.ask(`/api/log/web?${query}`, undefined, token)).body)
}

async function remote(server: Server, query = '', token = server.token) {
  return v.parse(RemoteLogReply, (await server.ask(`/api/log/remote?${query}`, undefined, token)).body)
}

const whats = (rows: readonly LogRow[]) => rows.map(({ event }) => event.what)

test('L1 what people do is written down: who, what, whom, when, from where', async () => {
  const server = await serveReady()
  await server.ask('/api/sign-in', { email: EMAIL, signInKey: 'x'.repeat(43) })
  await server.ask('/api/sign-in', { email: 'nobody@example.org', signInKey: 'x'.repeat(43) })
  await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  await invite(server, [invitee('grace@example.org', { admin: true })])
  const { id } = await addGroup(server, 'Workshop')
  await server.ask('/api/technicians/groups', { technicians: [server.me.id], add: [id], remove: [] }, server.token)
  await server.ask(`/api/groups/${id}`, { name: 'Garage' }, server.token)
  const { rows } = await web(server)
  expect(whats(rows).slice(0, 7)).toEqual([
    'group-renamed',
    'member-added',
    'group-created',
    'invited',
    'signed-in',
    'sign-in-failed',
    'sign-in-failed',
  ])
  const ada = { id: server.me.id, name: 'Ada' }
  expect(rows[0]).toMatchObject({
    by: { kind: 'technician', ...ada },
    from: '127.0.0.1',
    group: { id, name: 'Garage' },
    event: { before: 'Workshop' },
  })
  expect(rows[3]?.event).toEqual({ what: 'invited', address: 'grace@example.org', admin: true, twoStep: false })
  // An address that is nobody's is not kept; whose password was tried is.
  expect(rows.slice(5, 7).map(({ by, whom }) => [by.kind, whom])).toEqual([
    ['stranger', null],
    ['stranger', ada],
  ])
  expect(JSON.stringify(rows)).not.toContain('nobody@example.org')
})

test('L1 a ticket’s changes are in it with their group, and the names stay when the group is gone', async () => {
  const server = await serveReady()
  const { id } = await addGroup(server, 'Workshop')
  const ask = { key: newKey(), group: id, assignee: null }
  const { body } = await server.ask('/api/tickets', ask, server.token)
  const { ticket } = body as { ticket: { id: string; version: number; lookup: string } }
  await change(server, server.token, ticket as never, { kind: 'expire', why: 'withdrawn' })
  await server.ask(`/api/groups/${id}/delete`, {}, server.token)
  const { rows } = await web(server, `group=${id}&order=ascending`)
  const ticketRows = rows.filter(({ ticket }) => ticket !== null)
  expect(ticketRows.map(({ event }) => 'change' in event && event.change)).toEqual(['created', 'expired'])
  expect(ticketRows[0]).toMatchObject({ group: { name: 'Workshop' }, ticket: { lookup: ticket.lookup } })
  expect(whats(rows)).toContain('group-deleted')
})

test('L2 a session is one row with its end, however often its link is cut; what a browser tells is marked, and once', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { ticket, technician, customer } = await meet(server)
  const up = (live: boolean) => technician.send({ type: 'link-state', ticket: ticket.id, live })
  const tell = (event: object) => technician.send({ type: 'log-remote', ticket: ticket.id, event })
  const files = { what: 'files', id: newKey(), direction: 'sent', outcome: 'done', count: 3, bytes: 4096 }
  tell(files)
  expect((await technician.next('refused')).refusal).toMatchObject({ code: 'nobody-there', about: 'log-remote' })
  up(true)
  up(false)
  up(true)
  for (const outcome of ['granted', 'ended', 'granted'])
    tell({ what: 'consent', id: 'c'.repeat(22), topic: 'screen', outcome })
  tell(files)
  tell(files)
  tell({ what: 'route', id: newKey(), route: 'relayed' })
  tell({ ...files, id: newKey(), name: 'secret.txt' })
  expect((await technician.next('refused')).refusal).toMatchObject({ code: 'malformed', about: 'log-remote' })
  customer.send({ type: 'leave' })
  const { rows } = await eventually(
    () => remote(server),
    (page) => page.rows[0]?.summary.end != null,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.row).toMatchObject({ from: '127.0.0.1', told: false, ticket: { id: ticket.id } })
  expect(rows[0]?.summary).toMatchObject({
    end: { why: 'customer' },
    granted: ['screen'],
    files: 3,
    bytes: 4096,
    route: 'relayed',
  })
  const { body } = await server.ask(`/api/log/sessions/${rows[0]?.row.session}`, undefined, server.token)
  const told = v.parse(SessionLogReply, body).rows.filter((row) => row.told)
  expect(whats(told)).toEqual(['consent', 'consent', 'files', 'route'])
})

test('L2 a session that a killed server left open is over at the next start, without a length', async () => {
  const dataDir = await temporaryFolder()
  const environment = { DATA_DIR: dataDir }
  const server = await serveReady({ environment, limits: { sessionLogMs: 5 } })
  const { ticket, technician } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => remote(server),
    ({ rows }) => rows.length === 1,
  )
  await server.close()
  const clean = await serve({ environment })
  const before = await remote({ ...clean, token: server.token })
  expect(before.rows[0]?.summary.end).toMatchObject({ why: 'server-stopped', durationMs: expect.any(Number) })
  await clean.close()
  // As a power cut would leave it.
  await execute(dataDir, "delete from activity where what = 'session-ended'")
  const again = await serve({ environment })
  const after = await remote({ ...again, token: server.token })
  expect(after.rows[0]?.summary.end).toMatchObject({ why: 'server-stopped', durationMs: null })
})

test('L2 only the socket that attends a ticket tells of it, and not without end', async () => {
  const server = await serveReady({ limits: { toldPerTechnician: { points: 2, seconds: 60 } } })
  const { ticket, technician } = await meet(server)
  const tell = (id: string) =>
    technician.send({ type: 'log-remote', ticket: id, event: { what: 'snapshot', id: newKey() } })
  tell('-'.repeat(22))
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  for (let count = 0; count < 3; count += 1) tell(ticket.id)
  expect((await technician.next('refused')).refusal).toMatchObject({ code: 'too-many', about: 'log-remote' })
})

test('L1 L2 a technician sees the own and what the own groups had, without others’ addresses; an admin all', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { id, colleague } = await otherGroup(server)
  const mate = await addColleague(server, false)
  const { technician, ticket } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => remote(server),
    ({ rows }) => rows.length === 1,
  )

  const stranger = await web(server, '', colleague.token)
  const concerns = ({ by, whom, group }: LogRow) => [by.kind === 'technician' && by.id, whom?.id, group?.id]
  const elsewhere = stranger.rows.filter((row) => !concerns(row).some((one) => one === id || one === colleague.me.id))
  expect(elsewhere).toEqual([])
  expect(stranger.rows.filter(({ ticket }) => ticket !== null)).toEqual([])
  expect((await remote(server, '', colleague.token)).rows).toEqual([])

  const own = await remote(server, '', mate.token)
  expect(own.rows.map(({ row }) => [row.ticket?.id, row.from])).toEqual([[ticket.id, null]])
  const mates = await web(server, '', mate.token)
  expect(mates.rows.filter(({ ticket }) => ticket !== null)).toHaveLength(1)
  expect(
    mates.rows.filter(({ from }) => from !== null).every(({ by }) => by.kind === 'technician' && by.id === mate.me.id),
  ).toBe(true)
  const session = own.rows[0]?.row.session
  const status = async (token: string) => (await server.ask(`/api/log/sessions/${session}`, undefined, token)).status
  expect([await status(mate.token), await status(colleague.token)]).toEqual([200, 404])
})

test('L1 filters, search and period; pages hold each row once, in either order', async () => {
  const server = await serveReady()
  const group = await firstGroup(server, server.token)
  for (let count = 0; count < 5; count += 1) await createTicket(server, server.token)
  await addGroup(server, 'Équipe Été')
  const all = (await web(server)).rows
  for (const order of ['descending', 'ascending']) {
    const seen: number[] = []
    let cursor = ''
    do {
      const page = await web(server, `order=${order}&limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.rows.map(({ seq }) => seq))
      cursor = page.next ?? ''
    } while (cursor)
    const seqs = all.map(({ seq }) => seq)
    expect(seen).toEqual(order === 'descending' ? seqs : seqs.reverse())
  }
  expect(whats((await web(server, 'search=equipe')).rows)).toEqual(['group-created'])
  expect((await web(server, 'search=%25')).rows).toEqual([])
  expect((await web(server, `technician=${server.me.id}&group=${group}`)).rows.length).toBeGreaterThan(4)
  const [newest] = all
  expect((await web(server, `until=${newest?.at}`)).rows.map(({ seq }) => seq)).not.toContain(newest?.seq)
  expect((await web(server, `from=${(newest?.at ?? 0) + 60_000}`)).rows).toEqual([])
  for (const query of [
    'cursor=x',
    'from=-1',
    'limit=0',
    'limit=1001',
    'order=random',
    'order=newest',
    'sort=duration',
    'sort=who&cursor=x',
    'sort=who&cursor=WzEsMSwxXQ',
    `search=${'x'.repeat(101)}`,
  ]) {
    expect((await server.ask(`/api/log/web?${query}`, undefined, server.token)).status, query).toBe(400)
  }
})

test('L1 a new name is written down with the one before; a new language is not', async () => {
  const server = await serveReady()
  const before = (await web(server)).rows.length
  await server.ask('/api/me', { language: 'fr' }, server.token)
  await server.ask('/api/me', { name: 'Ada' }, server.token)
  expect((await web(server)).rows).toHaveLength(before)
  await server.ask('/api/me', { name: 'Ada Lovelace' }, server.token)
  expect((await web(server)).rows[0]).toMatchObject({
    by: { name: 'Ada Lovelace' },
    event: { what: 'name-changed', before: 'Ada' },
  })
})

test('L4 the resolved tickets are chosen by group, assignee and period, in either order', async () => {
  const server = await serveReady()
  const mate = await addColleague(server, false)
  const group = await firstGroup(server, server.token)
  const ids: string[] = []
  for (const assignee of [server.me.id, mate.me.id, server.me.id]) {
    const ticket = await createTicket(server, server.token, assignee)
    await change(server, server.token, ticket, { kind: 'resolve', sealed: v.parse(Sealed, 'A'.repeat(32)) })
    ids.push(ticket.id)
  }
  const { id: empty } = await addGroup(server, 'Empty')
  const list = async (query: string) => {
    const { body } = await server.ask(`/api/tickets?state=resolved&${query}`, undefined, server.token)
    return v.parse(TicketsReply, body).tickets.map(({ ticket }) => ticket.id)
  }
  expect([...(await list(''))].sort()).toEqual([...ids].sort())
  expect(await list('order=ascending')).toEqual([...(await list(''))].reverse())
  expect(await list(`assignee=${mate.me.id}&group=${group}`)).toEqual([ids[1]])
  expect(await list(`group=${empty}`)).toEqual([])
  expect(await list(`from=${Date.now() + 60_000}`)).toEqual([])
  expect(await list(`until=${Date.now() + 60_000}`)).toHaveLength(3)
})

test('L5 an export is itself written down, once', async () => {
  const server = await serveReady()
  const first = await web(server, 'export=1&limit=1')
  await web(server, `export=1&limit=1&cursor=${first.next}`)
  expect(whats((await web(server)).rows).filter((what) => what === 'exported')).toHaveLength(1)
})

test('L5 L7 what only a browser puts together is written down by its word, of tickets that it may see', async () => {
  const server = await serveReady()
  const mate = await addColleague(server, false)
  const ticket = await createTicket(server, server.token)
  const { id: elsewhere } = await addGroup(server, 'Elsewhere')
  const other = { key: newKey(), group: elsewhere, assignee: null }
  const { body } = await server.ask('/api/tickets', other, server.token)
  const hidden = (body as { ticket: { id: string } }).ticket
  const tell = async (what: object) => (await server.ask('/api/log/taken-away', what, mate.token)).status
  expect(await tell({ which: 'ticket', ticket: hidden.id })).toBe(404)
  expect(await tell({ which: 'ticket' })).toBe(400)
  expect(await tell({ which: 'ticket', ticket: ticket.id })).toBe(204)
  expect(await tell({ which: 'report' })).toBe(204)
  const { rows } = await web(server, 'limit=2')
  expect(rows[1]).toMatchObject({
    by: { id: mate.me.id },
    told: true,
    ticket: { id: ticket.id, lookup: ticket.lookup },
    event: { what: 'taken-away', which: 'ticket' },
  })
  expect(rows[0]).toMatchObject({ told: true, ticket: null, event: { which: 'report' } })
})
