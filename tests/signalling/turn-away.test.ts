import { expect, test } from 'vitest'
import { connect, greet, helloOf, meet } from './support/client.ts'
import { join, serveReady } from './support/server.ts'

test('turn-away says why, closes the socket, frees the seat and kills the token', async () => {
  const server = await serveReady()
  const { ticket, technician, customer, joined } = await meet(server)
  technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'wrong-secret', retryAfterMs: 2_000 })
  expect(await customer.next('turned-away')).toEqual({
    type: 'turned-away',
    reason: 'wrong-secret',
    retryAfterMs: 2_000,
  })
  expect(await customer.closed).toBe(1000)
  expect((await technician.next('presence')).presence).toEqual({ kind: 'offline' })
  const again = await connect(server)
  again.send(helloOf('customer', joined.token))
  expect((await again.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  expect((await server.ask('/api/ice', undefined, joined.token)).status).toBe(401)
  // A dead token does not keep its owner from joining anew, and the next customer may come as well.
  const anew = await join(server, ticket.lookup, joined.token)
  expect(anew.token).not.toBe(joined.token)
  const next = await greet(server, 'customer', anew.token)
  await next.next('attended')
})

test('turn-away is refused to a socket that does not attend, and where nobody is', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  const second = await greet(server, 'technician', server.token)
  second.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
  expect((await second.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'turn-away' })
  expect(customer.seen().map(({ type }) => type)).not.toContain('turned-away')
  technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'ended' })
  technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
  expect((await technician.next('refused')).refusal).toEqual({ code: 'nobody-there', about: 'turn-away' })
})

test('leave frees the seat and kills the token; the ticket stays open', async () => {
  const server = await serveReady()
  const { ticket, technician, customer, joined } = await meet(server)
  customer.send({ type: 'leave' })
  expect(await customer.closed).toBe(1000)
  expect((await technician.next('presence')).presence).toEqual({ kind: 'offline' })
  const again = await connect(server)
  again.send(helloOf('customer', joined.token))
  expect((await again.next('refused')).refusal.code).toBe('unauthenticated')
  const next = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  await next.next('attended')
})
