import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import { JoinReply } from '../../protocol/http.ts'
import { TicketId } from '../../protocol/ids.ts'
import { placesOf, typicalWait } from '../../signalling/tickets/standing.ts'
import { greet } from './support/client.ts'
import { createTicket, join, otherGroup, serveReady } from './support/server.ts'

const LIMITS = { customerNewsMs: 20 }
const idOf = (number: number) => v.parse(TicketId, String(number).padStart(22, '0'))

/** Until the clock shows another time. */
async function tick() {
  const now = Date.now()
  await expect.poll(() => Date.now(), { interval: 1 }).toBeGreaterThan(now)
}

type Server = Awaited<ReturnType<typeof serveReady>>

async function arrive(server: Server, token = server.token) {
  const ticket = await createTicket(server, token)
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  return { ticket, customer }
}

test('everybody has one place, in the order of arrival, whatever the order of asking', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 30 }), fc.infiniteStream(fc.nat()), (times, shuffle) => {
      const waiting = times.map((arrivedAt, number) => ({ id: idOf(number), arrivedAt }))
      const places = placesOf(waiting)
      expect([...places.values()].sort((one, other) => one - other)).toEqual(waiting.map((_, index) => index))
      for (const one of waiting) {
        for (const other of waiting) {
          if (one.arrivedAt < other.arrivedAt) expect(places.get(one.id)).toBeLessThan(places.get(other.id) ?? -1)
        }
      }
      const shuffled = waiting.toSorted(() => ((shuffle.next().value ?? 0) % 3) - 1)
      expect([...placesOf(shuffled)].sort()).toEqual([...places].sort())
    }),
  )
})

test('the typical wait is the median, in whole seconds, and not told from too few', () => {
  expect(typicalWait([1000, 2000])).toBeNull()
  expect(typicalWait([60_000, 1000, 9400])).toBe(9000)
  expect(typicalWait([1000, 2000, 4000, 90_000])).toBe(3000)
})

test('customers are told their place, as others come, are answered and go; another group is another line', async () => {
  const server = await serveReady({ limits: LIMITS })
  const { colleague } = await otherGroup(server)
  const first = await arrive(server)
  expect(await first.customer.next('standing')).toEqual({ type: 'standing', ahead: 0, typicalMs: null })
  const second = await arrive(server)
  expect((await second.customer.next('standing')).ahead).toBe(1)
  const elsewhere = await arrive(server, colleague.token)
  expect((await elsewhere.customer.next('standing')).ahead).toBe(0)
  const third = await arrive(server)
  expect((await third.customer.next('standing')).ahead).toBe(2)

  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: first.ticket.id, take: false })
  technician.send({ type: 'link-state', ticket: first.ticket.id, live: true })
  technician.send({ type: 'answered', ticket: first.ticket.id })
  expect(await first.customer.next('answered')).toEqual({ type: 'answered' })
  expect((await third.customer.next('standing')).ahead).toBe(1)
  second.customer.send({ type: 'leave' })
  expect((await third.customer.next('standing')).ahead).toBe(0)
})

test('a socket that is cut keeps the place, and the wait is that since the first arrival', async () => {
  const server = await serveReady({ limits: LIMITS })
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  const early = await greet(server, 'customer', token)
  await early.next('standing')
  const late = await arrive(server)
  expect((await late.customer.next('standing')).ahead).toBe(1)
  early.socket.terminate()
  const again = await greet(server, 'customer', token)
  expect((await again.next('standing')).ahead).toBe(0)
})

test('technicians see the same wait: a page loaded again, or a link that nobody has used, does not begin it anew', async () => {
  const server = await serveReady({ limits: LIMITS })
  const ticket = await createTicket(server, server.token)
  const technician = await greet(server, 'technician', server.token)
  const presence = async () => (await technician.next('presence')).presence
  const { token } = await join(server, ticket.lookup)
  const first = await greet(server, 'customer', token)
  const came = await presence()
  if (came.kind !== 'waiting') throw new Error('nobody waits')
  first.socket.terminate()
  expect(await presence()).toEqual({ kind: 'offline' })
  await tick()
  const second = await greet(server, 'customer', token)
  const again = await presence()
  if (again.kind !== 'waiting') throw new Error('nobody waits')
  expect(again.since).toBe(came.since)
  expect(again.cameAt).toBeGreaterThan(came.cameAt)
  // The page is loaded so fast that its old socket is still there.
  await tick()
  await greet(server, 'customer', token)
  expect(await second.closed).toBe(1008)
  expect(await presence()).toMatchObject({ kind: 'waiting', since: came.since })
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  expect(await presence()).toEqual({ kind: 'in-session', since: came.since, answered: false })
  technician.send({ type: 'answered', ticket: ticket.id })
  const answered = await presence()
  expect(answered).toMatchObject({ kind: 'in-session', answered: true })
  expect(answered).not.toMatchObject({ since: came.since })
})

test('who comes again after somebody has turned to the request waits anew', async () => {
  const server = await serveReady({ limits: LIMITS })
  const ticket = await createTicket(server, server.token)
  const technician = await greet(server, 'technician', server.token)
  const presence = async () => (await technician.next('presence')).presence
  const { token } = await join(server, ticket.lookup)
  const customer = await greet(server, 'customer', token)
  const came = await presence()
  if (came.kind !== 'waiting') throw new Error('nobody waits')
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  technician.send({ type: 'answered', ticket: ticket.id })
  await customer.next('answered')
  customer.socket.terminate()
  await presence()
  await tick()
  await greet(server, 'customer', token)
  const again = await presence()
  if (again.kind !== 'waiting') throw new Error('nobody waits')
  expect(again.since).toBeGreaterThan(came.since)
  expect(again.since).toBe(again.cameAt)
})

test('another customer does not wait since the one before came, however late the seat is looked at', async () => {
  const server = await serveReady({ limits: { ...LIMITS, seatGraceMs: 50, heartbeatMs: 60_000 } })
  const ticket = await createTicket(server, server.token)
  const technician = await greet(server, 'technician', server.token)
  const presence = async () => (await technician.next('presence')).presence
  const gone = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  const came = await presence()
  if (came.kind !== 'waiting') throw new Error('nobody waits')
  gone.socket.terminate()
  await presence()
  const again = () => server.ask('/api/join', { lookup: ticket.lookup })
  const joined = await vi.waitFor(async () => v.parse(JoinReply, (await again()).body))
  await greet(server, 'customer', joined.token)
  const other = await presence()
  expect(other).toMatchObject({ kind: 'waiting' })
  expect('since' in other && other.since).toBeGreaterThan(came.since)
})

test('who went away without a word leaves the line when the seat is free again', async () => {
  const server = await serveReady({ limits: { ...LIMITS, seatGraceMs: 100, heartbeatMs: 20 } })
  const gone = await arrive(server)
  const waiting = await arrive(server)
  expect((await waiting.customer.next('standing')).ahead).toBe(1)
  gone.customer.socket.terminate()
  expect((await waiting.customer.next('standing')).ahead).toBe(0)
})

test('three answers make a typical wait; one arrival is one wait, however often it is answered', async () => {
  const server = await serveReady({ limits: LIMITS })
  const technician = await greet(server, 'technician', server.token)
  const waiting = await arrive(server)
  expect((await waiting.customer.next('standing')).typicalMs).toBeNull()
  for (let count = 1; count <= 3; count += 1) {
    const { ticket, customer } = await arrive(server)
    technician.send({ type: 'attend', ticket: ticket.id, take: false })
    technician.send({ type: 'answered', ticket: ticket.id })
    technician.send({ type: 'answered', ticket: ticket.id })
    await customer.next('answered')
  }
  expect((await waiting.customer.next('standing')).typicalMs).toBe(0)
  const { customer } = await arrive(server)
  expect(await customer.next('standing')).toEqual({ type: 'standing', ahead: 1, typicalMs: 0 })
})

test('the group’s key reaches the customer after the welcome; null says that there is none yet', async () => {
  const server = await serveReady({ limits: LIMITS })
  const { customer } = await arrive(server)
  expect(await customer.next('group-key')).toEqual({ type: 'group-key', groupKey: null })
})
