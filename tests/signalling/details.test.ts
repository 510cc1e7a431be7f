import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ManyDetailsReply, TicketsReply } from '../../protocol/http.ts'
import { change, openTicket, serveGroup } from './support/rooms.ts'

test('L4 the sealed details of many tickets at once: of those that one may see, and that have any', async () => {
  const server = await serveGroup()
  const sealed = await openTicket(server, server.group, server.grace)
  await change(server, sealed, { kind: 'resolve', sealed: 'A'.repeat(40) }, server.grace.token)
  const open = await openTicket(server, server.group, server.grace)
  const tickets = [sealed.id, open.id, 'x'.repeat(22)]
  const ask = (token: string, body: object = { tickets }) => server.ask('/api/tickets/details', body, token)
  const found = async (token: string) => v.parse(ManyDetailsReply, (await ask(token)).body).found
  const mine = [{ ticket: sealed.id, details: { kind: 'group', sealed: 'A'.repeat(40) } }]
  expect(await found(server.grace.token)).toEqual(mine)
  expect(await found(server.token), 'an admin').toEqual(mine)
  expect(await found(server.stranger.token), 'of another group').toEqual([])
  expect((await ask(server.grace.token, { tickets: Array(101).fill(sealed.id) })).status).toBe(400)
  expect((await ask(server.grace.token, { tickets: [] })).body).toEqual({ found: [] })
})

test('L7 what is over by another way is found with what it says: sealed once by who may see it, seen by the own groups alone', async () => {
  const server = await serveGroup()
  const { grace, linus, stranger } = server
  const open = await openTicket(server, server.group, grace)
  const file = (token: string, sealed = 'B'.repeat(40)) =>
    server.ask(`/api/tickets/${open.id}/details`, { sealed }, token)
  expect((await file(grace.token)).body, 'it is open').toEqual({ code: 'conflict', about: 'ticket' })
  await change(server, open, { kind: 'expire', why: 'withdrawn' }, grace.token)
  expect((await file(stranger.token)).status, 'of another group').toBe(404)
  expect((await file(linus.token, 'no seal')).status).toBe(400)
  expect((await file(linus.token)).status).toBe(204)
  expect((await file(grace.token, 'C'.repeat(40))).status, 'the first one stays').toBe(204)
  const found = await server.ask('/api/tickets/details', { tickets: [open.id] }, server.token)
  expect(found.body).toEqual({
    found: [{ ticket: open.id, details: { kind: 'group', sealed: 'B'.repeat(40) } }],
  })
  const list = async (token: string, state: string) => {
    const { body } = await server.ask(`/api/tickets?state=${state}`, undefined, token)
    return v.parse(TicketsReply, body).tickets.map(({ ticket }) => ticket)
  }
  const over = [{ id: open.id, state: { kind: 'expired', why: 'withdrawn', assignee: grace.me.id, filed: true } }]
  for (const { token } of [linus, server]) {
    expect(await list(token, 'expired')).toMatchObject(over)
    expect(await list(token, 'over')).toMatchObject(over)
    expect(await list(token, 'resolved')).toEqual([])
  }
  expect(await list(stranger.token, 'over')).toEqual([])
  expect((await server.ask('/api/tickets?state=ended', undefined, grace.token)).status).toBe(400)
})
