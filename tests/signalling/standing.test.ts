import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketId } from '../../protocol/ids.ts'
import { placesOf, typicalWait } from '../../signalling/tickets/standing.ts'
import { greet } from './support/client.ts'
import { createTicket, join, otherGroup, serveReady } from './support/server.ts'

const LIMITS = { customerNewsMs: 20 }
const idOf = (number: number) => v.parse(TicketId, String(number).padStart(22, '0'))

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
