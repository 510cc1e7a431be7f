import * as v from 'valibot'
import { expect, test } from 'vitest'
import { HeldReply } from '../../protocol/held.ts'
import { TicketsReply } from '../../protocol/http.ts'
import { MAX_HELD_BOX, MAX_HELD_MESSAGES } from '../../protocol/limits.ts'
import { Sealed } from '../../protocol/rooms.ts'
import { greet, meet } from './support/client.ts'
import { addColleague, change, createTicket, join, newKey, otherGroup, serveReady } from './support/server.ts'

const SEALED = v.parse(Sealed, 'x'.repeat(64))
const box = (filling: string) => filling.repeat(64)

type Server = Awaited<ReturnType<typeof serveReady>>

async function visit(server: Server) {
  const ticket = await createTicket(server, server.token, null)
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  return { ticket, customer }
}

async function heldOf(server: Server, ticket: string, token: string = server.token) {
  const { body } = await server.ask(`/api/tickets/${ticket}/held`, undefined, token)
  return v.parse(HeldReply, body).messages
}

test('what a customer leaves is kept on disk, counted for who may see the ticket, and there when the customer has gone', async () => {
  const server = await serveReady()
  const technician = await greet(server, 'technician', server.token)
  const { ticket, customer } = await visit(server)
  const [first, second] = [newKey(), newKey()]
  customer.send({ type: 'hold', id: first, box: box('a') })
  expect(await customer.next('held')).toEqual({ type: 'held', id: first })
  expect(await technician.next('held-count')).toEqual({ type: 'held-count', ticket: ticket.id, held: 1 })
  customer.send({ type: 'hold', id: second, box: box('b') })
  await customer.next('held')
  // The same one again, sealed anew, takes its place.
  customer.send({ type: 'hold', id: first, box: box('c') })
  await customer.next('held')
  customer.socket.terminate()
  expect(await heldOf(server, ticket.id)).toEqual([
    { id: first, box: box('c') },
    { id: second, box: box('b') },
  ])
  const { body } = await server.ask('/api/tickets', undefined, server.token)
  expect(v.parse(TicketsReply, body).tickets.map(({ held }) => held)).toEqual([2])
})

test('only the assignee takes them, each once; a member reads them while nobody has the ticket, and nobody else', async () => {
  const server = await serveReady()
  const [colleague, other] = [await addColleague(server, false), await addColleague(server, false)]
  const { ticket, customer } = await visit(server)
  const [first, second] = [newKey(), newKey()]
  for (const id of [first, second]) {
    customer.send({ type: 'hold', id, box: box('a') })
    await customer.next('held')
  }
  expect(await heldOf(server, ticket.id, other.token)).toHaveLength(2)
  const take = (token: string, ids: string[]) => server.ask(`/api/tickets/${ticket.id}/held/taken`, { ids }, token)
  expect((await take(colleague.token, [first])).status).toBe(403)
  await change(server, colleague.token, ticket, { kind: 'assign', assignee: colleague.me.id })
  const { status, body } = await server.ask(`/api/tickets/${ticket.id}/held`, undefined, other.token)
  expect([status, body]).toEqual([403, { code: 'forbidden', about: 'held' }])
  const watching = await greet(server, 'technician', other.token)
  expect((await take(colleague.token, [first])).status).toBe(204)
  expect((await watching.next('held-count')).held).toBe(1)
  expect((await take(colleague.token, [first])).status).toBe(204)
  expect((await heldOf(server, ticket.id, colleague.token)).map(({ id }) => id)).toEqual([second])
})

test('so many and no more, none larger than it may be, and from nobody who lost the seat', async () => {
  const server = await serveReady()
  const { customer } = await visit(server)
  const ids = Array.from({ length: MAX_HELD_MESSAGES }, newKey)
  for (const id of ids) {
    customer.send({ type: 'hold', id, box: box('a') })
    await customer.next('held')
  }
  customer.send({ type: 'hold', id: newKey(), box: box('a') })
  expect((await customer.next('refused')).refusal).toEqual({ code: 'quota', about: 'hold' })
  customer.send({ type: 'hold', id: ids[0], box: 'a'.repeat(MAX_HELD_BOX) })
  expect((await customer.next('held')).id).toBe(ids[0])
  customer.send({ type: 'hold', id: ids[0], box: 'a'.repeat(MAX_HELD_BOX + 1) })
  expect((await customer.next('refused')).refusal).toMatchObject({ code: 'malformed', about: 'hold' })
  const met = await meet(server)
  met.technician.send({ type: 'hold', id: newKey(), box: box('a') })
  expect((await met.technician.next('refused')).refusal.code).toBe('malformed')
})

test('a move takes along what is sealed anew; what was taken meanwhile does not come back', async () => {
  const server = await serveReady()
  const { id: group, colleague } = await otherGroup(server)
  const { ticket, customer } = await visit(server)
  const [kept, stale] = [newKey(), newKey()]
  customer.send({ type: 'hold', id: kept, box: box('a') })
  await customer.next('held')
  const theirs = await greet(server, 'technician', colleague.token)
  const held = [kept, stale].map((id) => ({ id, box: box('b') }))
  const moved = await change(server, server.token, ticket, { kind: 'move', group, sealed: SEALED, held } as never)
  expect(moved.status).toBe(200)
  expect(await theirs.next('held-count')).toEqual({ type: 'held-count', ticket: ticket.id, held: 1 })
  expect(await heldOf(server, ticket.id, colleague.token)).toEqual([{ id: kept, box: box('b') }])
})
