import { expect, test } from 'vitest'
import { MAX_RELAY_DATA } from '../../protocol/limits.ts'
import { connect, greet, helloOf, isOfTickets, meet } from './support/client.ts'
import { createTicket, join, serveReady } from './support/server.ts'

test('relay goes both ways, byte by byte as it came, and never back to its sender', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  const odd = `{ "data":"\\u00e9 é",  "ticket":"${ticket.id}","type":"relay" }`
  technician.send(odd)
  await customer.next('relay')
  expect(customer.lastText()).toBe(odd)
  customer.send(odd.replace('é', 'è'))
  await technician.next('relay')
  expect(technician.lastText()).toBe(odd.replace('é', 'è'))
  expect(technician.seen().filter(isOfTickets)).toEqual([])
  expect(customer.seen().filter(({ type }) => type === 'relay')).toEqual([])
})

test('relay carries the largest data that the protocol allows, and refuses one more', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x'.repeat(MAX_RELAY_DATA) })
  expect((await customer.next('relay')).data).toHaveLength(MAX_RELAY_DATA)
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x'.repeat(MAX_RELAY_DATA + 1) })
  expect((await technician.next('refused')).refusal).toEqual({ code: 'malformed', about: 'relay' })
})

test('relay from a customer to another ticket is refused as forbidden', async () => {
  const server = await serveReady()
  const one = await meet(server)
  const other = await meet(server)
  one.customer.send({ type: 'relay', ticket: other.ticket.id, data: 'x' })
  expect((await one.customer.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'relay' })
  expect(other.technician.seen().filter(({ type }) => type === 'relay')).toEqual([])
})

test('relay from a technician who does not attend the ticket is refused as forbidden', async () => {
  const server = await serveReady()
  const { ticket, customer } = await meet(server)
  const second = await greet(server, 'technician', server.token)
  second.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await second.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'relay' })
  second.send({ type: 'relay', ticket: 'A'.repeat(22), data: 'x' })
  expect((await second.next('refused')).refusal.code).toBe('forbidden')
  expect(customer.seen().filter(({ type }) => type === 'relay')).toEqual([])
})

test('relay to nobody is refused as nobody-there', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  const customer = await greet(server, 'customer', token)
  customer.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await customer.next('refused')).refusal).toEqual({ code: 'nobody-there', about: 'relay' })
  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  await customer.next('attended')
  customer.socket.terminate()
  expect((await technician.next('presence')).presence).toEqual({ kind: 'offline' })
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal).toEqual({ code: 'nobody-there', about: 'relay' })
})

test('relay that comes right behind hello and attend waits for them', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  const customer = await greet(server, 'customer', token)
  const technician = await connect(server)
  technician.send(helloOf('technician', server.token))
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  for (const data of ['1', '2', '3']) technician.send({ type: 'relay', ticket: ticket.id, data })
  const got = []
  for (let count = 0; count < 3; count++) got.push((await customer.next('relay')).data)
  expect(got).toEqual(['1', '2', '3'])
})
