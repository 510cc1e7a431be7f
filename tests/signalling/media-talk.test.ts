import { expect, test } from 'vitest'
import { connect, greet, helloOf } from './support/client.ts'
import { change, openTicket, sealedOf, serveGroup } from './support/rooms.ts'

const box = () => sealedOf(60)

test('L3 who has the ticket asks the desks of a colleague, with an envelope that the server hands on as it came', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const grace = await greet(server, 'technician', server.grace.token)
  const desks = [
    await greet(server, 'technician', server.linus.token),
    await greet(server, 'technician', server.linus.token),
  ]
  const pager = await connect(server)
  pager.send({ ...helloOf('technician', server.linus.token), pager: true })
  await pager.next('welcome')
  const sealed = box()
  grace.send({ type: 'media-ask', ticket: ticket.id, to: server.linus.me.id, box: sealed })
  for (const desk of desks) {
    expect(await desk.next('media-asked')).toEqual({
      type: 'media-asked',
      from: server.grace.me.id,
      ticket: ticket.id,
      box: sealed,
    })
  }
  expect(pager.seen().filter(({ type }) => type === 'media-asked')).toEqual([])
})

test('L3 one’s own other desks are asked, and not the one that asks', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const [one, other] = [
    await greet(server, 'technician', server.grace.token),
    await greet(server, 'technician', server.grace.token),
  ]
  one.send({ type: 'media-ask', ticket: ticket.id, to: server.grace.me.id, box: box() })
  await other.next('media-asked')
  expect(one.seen().filter(({ type }) => type === 'media-asked')).toEqual([])
})

test('L3 who may not open the case may not ask, as if there were no such ticket; nobody there is said', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const grace = await greet(server, 'technician', server.grace.token)
  for (const token of [server.linus.token, server.stranger.token]) {
    const other = await greet(server, 'technician', token)
    other.send({ type: 'media-ask', ticket: ticket.id, to: server.grace.me.id, box: box() })
    expect((await other.next('refused')).refusal).toEqual({ code: 'not-found', about: 'media-ask', ticket: ticket.id })
  }
  const admin = await greet(server, 'technician', server.token)
  admin.send({ type: 'media-ask', ticket: ticket.id, to: server.grace.me.id, box: box() })
  expect((await grace.next('media-asked')).from, 'an admin may').toBe(server.me.id)
  admin.send({ type: 'media-ask', ticket: ticket.id, to: 'nobody', box: box() })
  expect((await admin.next('refused')).refusal.code).toBe('nobody-there')
})

test('L3 an answer reaches who may open the case, and nobody once that is over', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const [grace, linus] = [
    await greet(server, 'technician', server.grace.token),
    await greet(server, 'technician', server.linus.token),
  ]
  const sealed = box()
  // Whoever made an image answers also once the ticket is somebody else's.
  linus.send({ type: 'media-answer', ticket: ticket.id, to: server.grace.me.id, box: sealed })
  expect(await grace.next('media-answered')).toEqual({
    type: 'media-answered',
    from: server.linus.me.id,
    ticket: ticket.id,
    box: sealed,
  })
  await change(server, ticket, { kind: 'assign', assignee: server.linus.me.id }, server.grace.token)
  linus.send({ type: 'media-answer', ticket: ticket.id, to: server.grace.me.id, box: sealed })
  linus.send({ type: 'media-ask', ticket: ticket.id, to: server.grace.me.id, box: sealed })
  // In the order in which they were sent: the answer would have come before.
  await grace.next('media-asked')
  expect(grace.seen().filter(({ type }) => type === 'media-answered')).toEqual([])
})

test('L3 too many are refused', async () => {
  const server = await serveGroup({ mediaTalkPerTechnician: { points: 1, seconds: 60 } })
  const ticket = await openTicket(server, server.group, server.grace)
  const grace = await greet(server, 'technician', server.grace.token)
  for (const type of ['media-ask', 'media-answer']) {
    grace.send({ type: 'media-ask', ticket: ticket.id, to: 'nobody', box: box() })
    grace.send({ type, ticket: ticket.id, to: 'nobody', box: box() })
  }
  const codes = [await grace.next('refused'), await grace.next('refused')].map(({ refusal }) => refusal.code)
  expect(codes).toEqual(['nobody-there', 'too-many'])
})
