import { expect, test } from 'vitest'
import type { Lookup } from '../../protocol/ids.ts'
import { greet, meet } from './support/client.ts'
import { addColleague, change, createTicket, firstGroup, join, serveReady } from './support/server.ts'

test('attend tells the customer who it is, by the name of the account', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  await customer.next('unattended')
  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  expect(await customer.next('attended')).toMatchObject({ technician: 'Ada' })
})

test('two technicians of one name are told apart, and nobody is known by it on another ticket', async () => {
  const server = await serveReady()
  const namesake = await addColleague(server, false)
  await server.ask('/api/me', { name: 'Ada' }, namesake.token)
  const whoComes = async (ticket: { id: string; lookup: Lookup }, token: string) => {
    const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
    const technician = await greet(server, 'technician', token)
    technician.send({ type: 'attend', ticket: ticket.id, take: true })
    const { technician: name, who } = await customer.next('attended')
    expect(name).toBe('Ada')
    customer.send({ type: 'leave' })
    await customer.closed
    return who
  }
  const ticket = await createTicket(server, server.token)
  const first = await whoComes(ticket, server.token)
  expect(first).not.toContain(server.me.id)
  expect(await whoComes(ticket, server.token)).toBe(first)
  expect(await whoComes(await createTicket(server, server.token), server.token)).not.toBe(first)
  await change(server, server.token, ticket, { kind: 'assign', assignee: namesake.me.id })
  expect(await whoComes(ticket, namesake.token)).not.toBe(first)
})

test('attend by a second window is refused without take; with take the first one is told, and both can see it', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  expect((await technician.next('presence')).presence.kind).toBe('in-session')
  const second = await greet(server, 'technician', server.token)
  second.send({ type: 'attend', ticket: ticket.id, take: false })
  const refusal = { code: 'attended-elsewhere', about: 'attend', ticket: ticket.id }
  expect((await second.next('refused')).refusal).toEqual(refusal)
  second.send({ type: 'attend', ticket: ticket.id, take: true })
  expect(await technician.next('attended-elsewhere')).toEqual({ type: 'attended-elsewhere', ticket: ticket.id })
  await customer.next('attended')
  // The old window's link is not the new one's.
  expect((await second.next('presence')).presence.kind).toBe('waiting')
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  second.send({ type: 'relay', ticket: ticket.id, data: 'from the second' })
  expect((await customer.next('relay')).data).toBe('from the second')
})

test('attend is for the assignee: others who see the ticket are forbidden, and nobody else learns that there is one', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const mine = await createTicket(server, server.token)
  const theirs = await createTicket(server, colleague.token)
  const admin = await greet(server, 'technician', server.token)
  admin.send({ type: 'attend', ticket: theirs.id, take: true })
  expect((await admin.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'ticket' })
  const other = await greet(server, 'technician', colleague.token)
  other.send({ type: 'attend', ticket: mine.id, take: true })
  expect((await other.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'ticket' })
  const group = await firstGroup(server, server.token)
  await server.ask(
    '/api/technicians/groups',
    { technicians: [colleague.me.id], add: [], remove: [group] },
    server.token,
  )
  other.send({ type: 'attend', ticket: mine.id, take: true })
  expect((await other.next('refused')).refusal).toEqual({ code: 'not-found', about: 'ticket' })
  other.send({ type: 'attend', ticket: 'A'.repeat(22), take: true })
  expect((await other.next('refused')).refusal).toEqual({ code: 'not-found', about: 'ticket' })
})

test('attend of a ticket whose code is dead is refused', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  await change(server, server.token, ticket, { kind: 'expire', why: 'withdrawn' })
  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  expect((await technician.next('refused')).refusal).toEqual({ code: 'dead-code', about: 'ticket' })
})

test('unattend lets the customer wait again, and is refused to a socket that does not attend', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  technician.send({ type: 'unattend', ticket: ticket.id })
  expect((await customer.next('unattended')).why).toBe('released')
  technician.send({ type: 'unattend', ticket: ticket.id })
  expect((await technician.next('refused')).refusal).toEqual({ code: 'forbidden', about: 'unattend' })
})

test('unattended is what the customer hears when the technician closes the window', async () => {
  const server = await serveReady()
  const { technician, customer } = await meet(server)
  technician.socket.close()
  expect((await customer.next('unattended')).why, 'the two may talk on').toBe('socket')
})

test('whoever may attend no more is released, with or without a socket, and so is whom a new socket of the customer asks about', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const ticket = await createTicket(server, server.token, colleague.me.id)
  const desk = await greet(server, 'technician', colleague.token)
  desk.send({ type: 'attend', ticket: ticket.id, take: false })
  const { token } = await join(server, ticket.lookup)
  const customer = await greet(server, 'customer', token)
  await customer.next('attended')
  desk.socket.close()
  expect((await customer.next('unattended')).why).toBe('socket')
  await change(server, server.token, ticket, { kind: 'assign', assignee: server.me.id })
  expect((await customer.next('unattended')).why, 'who has no socket may have a link').toBe('released')
  const again = await greet(server, 'customer', token)
  expect((await again.next('unattended')).why, 'whose socket may come back').toBe('socket')
  await change(server, server.token, { ...ticket, version: 2 }, { kind: 'assign', assignee: null })
  const last = await greet(server, 'customer', token)
  expect((await last.next('unattended')).why).toBe('released')
})

test('a technician who is deactivated is released at once', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const ticket = await createTicket(server, server.token, colleague.me.id)
  const desk = await greet(server, 'technician', colleague.token)
  desk.send({ type: 'attend', ticket: ticket.id, take: false })
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  await customer.next('attended')
  await server.ask(`/api/technicians/${colleague.me.id}`, { active: false }, server.token)
  expect((await customer.next('unattended')).why).toBe('released')
})
