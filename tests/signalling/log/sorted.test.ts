import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketReply, TicketsReply } from '../../../protocol/http.ts'
import { type LogRow, RemoteLogReply, WebLogReply } from '../../../protocol/log.ts'
import { Sealed } from '../../../protocol/rooms.ts'
import { meet } from '../support/client.ts'
import { addGroup, eventually } from '../support/people.ts'
import { addColleague, change, createTicket, firstGroup, newKey, type Running, serveReady } from '../support/server.ts'

type Server = Pick<Running, 'ask'> & { token: string }

async function web(server: Server, query: string) {
  return v.parse(WebLogReply, (await server.ask(`/api/log/web?${query}`, undefined, server.token)).body)
}

async function remote(server: Server, query = '') {
  return v.parse(RemoteLogReply, (await server.ask(`/api/log/remote?${query}`, undefined, server.token)).body)
}

const whats = (rows: readonly LogRow[]) => rows.map(({ event }) => event.what)

/** All rows, page by page, as numbers. */
async function walk(server: Server, query: string, limit: number) {
  const seen: LogRow[] = []
  let cursor = ''
  do {
    const page = await web(server, `${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`)
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    seen.push(...page.rows)
    cursor = page.next ?? ''
  } while (cursor)
  return seen
}

test('L1 sorted by who, kind or group the rows are each once, whatever the page’s size; the newest of the same first, or turned round', async () => {
  const server = await serveReady()
  const { id } = await addGroup(server, 'Équipe Été')
  await addColleague(server, false)
  for (let count = 0; count < 4; count += 1) await createTicket(server, server.token)
  await server.ask('/api/tickets', { key: newKey(), group: id, assignee: null }, server.token)
  await server.ask('/api/sign-in', { email: 'nobody@example.org', signInKey: 'x'.repeat(43) })
  const keys = {
    who: ({ by }: LogRow) => (by.kind === 'technician' ? by.name.toLowerCase() : ''),
    kind: ({ event }: LogRow) => (event.what === 'ticket' ? `ticket ${event.change}` : event.what),
    group: ({ group }: LogRow) => (group?.name ?? '').toLowerCase().replaceAll('é', 'e'),
  }
  const all = (await web(server, 'limit=1000')).rows
  for (const [sort, keyOf] of Object.entries(keys)) {
    const wanted = all.toSorted(
      (one, other) =>
        (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0) ||
        other.at - one.at ||
        other.seq - one.seq,
    )
    const seqs = wanted.map(({ seq }) => seq)
    for (const limit of [1, 3, 1000]) {
      const rising = await walk(server, `sort=${sort}&order=ascending`, limit)
      expect(
        rising.map(({ seq }) => seq),
        `${sort} by ${limit}`,
      ).toEqual(seqs)
      // The same where the time is bounded, which is put in order in another way.
      const within = await walk(server, `sort=${sort}&order=ascending&from=1`, limit)
      expect(
        within.map(({ seq }) => seq),
        `${sort} within, by ${limit}`,
      ).toEqual(seqs)
      const falling = await walk(server, `sort=${sort}&order=descending`, limit)
      expect(
        falling.map(({ seq }) => seq),
        `${sort} falling by ${limit}`,
      ).toEqual(seqs.toReversed())
    }
  }
  const found = await walk(server, 'sort=kind&order=ascending&search=equipe', 1)
  expect(found.map(({ seq }) => seq)).toEqual(
    found
      .toSorted(
        (one, other) =>
          Number(keys.kind(one) > keys.kind(other)) - Number(keys.kind(one) < keys.kind(other)) || other.seq - one.seq,
      )
      .map(({ seq }) => seq),
  )
  expect(whats(found)).toContain('group-created')
  expect(found.every(({ group }) => group?.id === id)).toBe(true)
})

test('L2 sessions are sorted by how long they were, how they ended and what was thought of them; L7 an emptied row leaves no order', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { ticket, technician, customer } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  customer.send({ type: 'leave' })
  await eventually(
    () => remote(server),
    (page) => page.rows[0]?.summary.end != null,
  )
  // Others, as they would have been written.
  const columns = await server.rows(
    "select sort_duration, sort_end, sort_rating, sort_who from activity where list = 'remote'",
  )
  expect(columns).toEqual([{ sort_duration: expect.anything(), sort_end: 'customer', sort_rating: 9, sort_who: 'ada' }])
  expect(Number(columns[0]?.sort_duration)).toBeGreaterThanOrEqual(0)
  for (const sort of ['duration', 'end', 'rating', 'who', 'group']) {
    expect((await remote(server, `sort=${sort}`)).rows, sort).toHaveLength(1)
  }
  expect((await server.ask('/api/log/remote?sort=kind', undefined, server.token)).status).toBe(400)
})

test('L4 the resolved tickets are sorted by code, group and assignee, each once in pages of any size, and found by code', async () => {
  const server = await serveReady()
  const mate = await addColleague(server, false)
  const { id: workshop } = await addGroup(server, 'Workshop')
  const seen: { id: string; lookup: string; group: string; assignee: string }[] = []
  for (const [group, assignee] of [
    [workshop, server.me.id],
    [undefined, mate.me.id],
    [undefined, server.me.id],
    [workshop, server.me.id],
  ] as const) {
    const ask = { key: newKey(), group: group ?? (await firstGroup(server, server.token)), assignee }
    const { body } = await server.ask('/api/tickets', ask, server.token)
    const { ticket } = v.parse(TicketReply, body)
    await change(server, server.token, ticket, { kind: 'resolve', sealed: v.parse(Sealed, 'A'.repeat(32)) })
    seen.push({ id: ticket.id, lookup: ticket.lookup, group: ask.group, assignee })
  }
  const list = async (query: string) => {
    const { body } = await server.ask(`/api/tickets?state=resolved&${query}`, undefined, server.token)
    return v.parse(TicketsReply, body).tickets.map(({ ticket }) => ticket.id)
  }
  const codes = seen.toSorted((one, other) => (one.lookup < other.lookup ? -1 : 1)).map(({ id }) => id)
  expect(await list('sort=code&order=ascending')).toEqual(codes)
  expect(await list('sort=code')).toEqual(codes.toReversed())
  const groups = await list('sort=group&order=ascending')
  expect(groups.slice(2)).toEqual([seen[3]?.id, seen[0]?.id])
  expect(await list('sort=group')).toEqual(groups.toReversed())
  const people = await list('sort=assignee&order=ascending')
  expect(people.map((id) => seen.find((one) => one.id === id)?.assignee)).toEqual(
    mate.me.name < server.me.name
      ? [mate.me.id, ...Array(3).fill(server.me.id)]
      : [...Array(3).fill(server.me.id), mate.me.id],
  )
  expect(await list('sort=assignee')).toEqual(people.toReversed())
  expect(await list(`lookup=${seen[2]?.lookup}`)).toEqual([seen[2]?.id])
  for (const query of [
    'sort=code&cursor=x',
    'sort=group&cursor=x.y.z',
    'sort=assignee&cursor=nobody',
    'sort=priority',
  ]) {
    expect((await server.ask(`/api/tickets?state=resolved&${query}`, undefined, server.token)).status, query).toBe(400)
  }
})

test('L4 a list names no group that one may not see, and does not say whether there is such a one', async () => {
  const server = await serveReady()
  const mate = await addColleague(server, false)
  const own = await firstGroup(server, server.token)
  const { id } = await addGroup(server, 'Elsewhere')
  const ask = async (group: string, token: string) =>
    (await server.ask(`/api/tickets?state=resolved&sort=group&cursor=${group}`, undefined, token)).status
  expect([await ask(id, server.token), await ask(own, mate.token)]).toEqual([200, 200])
  expect([await ask(id, mate.token), await ask(newKey(), mate.token)]).toEqual([400, 400])
})
