import { expect, test, vi } from 'vitest'
import { type Client, connect, greet, helloOf } from './support/client.ts'
import { AT_ONCE, arrive, hoursPass, leaveFirstGroup, read, setFirstGroup, timeline } from './support/queue-rules.ts'
import { addColleague, change, createTicket, otherGroup, serveReady } from './support/server.ts'

const open = (assignee: string | null) => ({ kind: 'open', assignee })

/** A server whose first group gives tickets by itself, with so many members at their desks; the admin is not there. */
async function serveTeam(assignment: 'round-robin' | 'least-busy', count: number, limits = AT_ONCE) {
  const server = await serveReady({ limits })
  await setFirstGroup(server, { assignment, silentMinutes: 5, answerMinutes: null, resolveMinutes: null })
  const members = await Promise.all(Array.from({ length: count }, () => addColleague(server, false)))
  const desks: Client[] = []
  for (const { token } of members) desks.push(await greet(server, 'technician', token))
  const ids = members.map(({ me }) => me.id)
  return { server, members, desks, ids }
}

const assigneeIn = async (server: Parameters<typeof read>[0], ticket: Parameters<typeof read>[1]) => {
  const { state } = await read(server, ticket)
  return state.kind === 'open' ? state.assignee : undefined
}

test('in turn: each who comes goes to another one, before anybody hears that somebody waits', async () => {
  const { server, desks, ids } = await serveTeam('round-robin', 2)
  const given: unknown[] = []
  for (let count = 0; count < 4; count++) {
    const { ticket } = await arrive(server)
    await desks[0]?.next('ticket')
    const next = await desks[0]?.next('ticket')
    expect(next).toMatchObject({ ticket: { id: ticket.id, version: 2 }, cause: { kind: 'automatic' } })
    expect((await desks[0]?.next('presence'))?.ticket).toBe(ticket.id)
    given.push(next?.cause?.whom)
    expect(await timeline(server, ticket.id)).toMatchObject([{ by: null, what: 'assigned-automatically' }])
  }
  expect(new Set(given.slice(0, 2))).toEqual(new Set(ids))
  expect(given.slice(2)).toEqual(given.slice(0, 2))
})

test('the least busy: who has a customer there is passed by', async () => {
  const { server, members, ids } = await serveTeam('least-busy', 2)
  const [busy, free] = members
  await arrive(server, await createTicket(server, server.token, busy?.me.id))
  // An old ticket whose customer is not there weighs less than one who is.
  for (let count = 0; count < 3; count++) await createTicket(server, server.token, free?.me.id)
  const { ticket } = await arrive(server)
  expect(await assigneeIn(server, ticket.id)).toBe(ids[1])
})

test('only members who are at their desks: no background, no admin of elsewhere, nobody of another group', async () => {
  const { server, members } = await serveTeam('round-robin', 0)
  const { colleague } = await otherGroup(server)
  await greet(server, 'technician', colleague.token)
  const admin = await addColleague(server, true)
  await leaveFirstGroup(server, admin.me.id)
  await greet(server, 'technician', admin.token)
  const member = await addColleague(server, false)
  const pager = await connect(server)
  pager.send({ ...helloOf('technician', member.token), pager: true })
  await pager.next('welcome')
  const { ticket } = await arrive(server)
  expect([members.length, await assigneeIn(server, ticket.id)]).toEqual([0, null])
  // Whoever comes to the desk gets who waits.
  await greet(server, 'technician', member.token)
  await vi.waitFor(async () => expect(await assigneeIn(server, ticket.id)).toBe(member.me.id))
})

test('who was silent does not get it back; when all were, it stays with all', async () => {
  const { server, ids } = await serveTeam('round-robin', 2)
  const listener = await greet(server, 'technician', server.token)
  await leaveFirstGroup(server, server.me.id)
  const { ticket } = await arrive(server)
  const first = await assigneeIn(server, ticket.id)
  await hoursPass(server, 1)
  const other = ids.find((id) => id !== first)
  await vi.waitFor(async () => expect(await assigneeIn(server, ticket.id)).toBe(other))
  await hoursPass(server, 1)
  await vi.waitFor(async () => expect(await read(server, ticket.id)).toMatchObject({ version: 5, state: open(null) }))
  const causes = []
  for (let count = 0; count < 4; count++) causes.push((await listener.next('ticket')).cause)
  expect(causes.map((cause) => [cause?.kind, cause?.whom])).toEqual([
    [undefined, undefined],
    ['automatic', first],
    ['silence', first],
    ['automatic', other],
  ])
  expect((await listener.next('ticket')).cause).toMatchObject({ kind: 'silence', whom: other })
})

test('what somebody gave back goes to another one', async () => {
  const { server, members, ids } = await serveTeam('least-busy', 2)
  const { ticket } = await arrive(server)
  const first = await assigneeIn(server, ticket.id)
  const { token } = members.find(({ me }) => me.id === first) ?? members[0] ?? {}
  const now = await read(server, ticket.id)
  expect((await change(server, token, now, { kind: 'assign', assignee: null })).status).toBe(200)
  await vi.waitFor(async () => expect(await assigneeIn(server, ticket.id)).toBe(ids.find((id) => id !== first)))
})

test('who takes a ticket at the moment at which it is given: exactly one has it', async () => {
  const { server, members, ids } = await serveTeam('round-robin', 3)
  const rounds = await Promise.all(
    Array.from({ length: 30 }, async (_, round) => {
      const ticket = await createTicket(server, server.token, null)
      const by = members[round % members.length]
      const claim = { kind: 'assign', assignee: by?.me.id ?? null } as const
      const [claimed] = await Promise.all([change(server, by?.token, ticket, claim), arrive(server, ticket)])
      return { ticket, claimed: claimed.status, by: by?.me.id }
    }),
  )
  for (const { ticket, claimed, by } of rounds) {
    const now = await read(server, ticket.id)
    expect(now.version).toBe(2)
    expect([200, 409]).toContain(claimed)
    expect((await timeline(server, ticket.id)).map(({ what }) => what)).toEqual([
      claimed === 200 ? 'assigned' : 'assigned-automatically',
    ])
    expect(claimed === 200 ? [by] : ids).toContain(now.state.kind === 'open' && now.state.assignee)
  }
})
