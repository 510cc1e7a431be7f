import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { greet, meet } from './support/client.ts'
import { AT_ONCE, arrive, countWaits, hoursPass, read, setFirstGroup, timeline } from './support/queue-rules.ts'
import { addColleague, createTicket, serve, serveReady } from './support/server.ts'

const ready = () => serveReady({ limits: AT_ONCE })

test('a desk that links by itself is no answer: the ticket goes back to the queue, and all are told whose it was', async () => {
  const server = await ready()
  const { ticket, technician, customer } = await meet(server)
  const colleague = await greet(server, 'technician', (await addColleague(server, false)).token)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await technician.next('presence')
  await hoursPass(server, 1)
  const told = {
    type: 'ticket',
    ticket: { ...ticket, state: { kind: 'open', assignee: null }, version: 2 },
    cause: { kind: 'silence', whom: server.me.id, minutes: 5 },
  }
  expect(await colleague.next('ticket')).toEqual(told)
  expect(await technician.next('ticket')).toEqual(told)
  // The customer waits again, for the group now.
  expect(await customer.next('unattended')).toEqual({ type: 'unattended', why: 'released' })
  expect((await colleague.next('presence')).presence).toMatchObject({ kind: 'waiting' })
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  expect(await timeline(server, ticket.id)).toMatchObject([
    { by: null, what: 'returned-after-silence', whom: server.me.id },
  ])
})

test('whoever answered keeps it, until the desk is closed on a customer who is still there', async () => {
  const server = await ready()
  const { ticket, technician } = await meet(server)
  await vi.waitFor(async () => expect(await countWaits(server)).toBe(1))
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  technician.send({ type: 'answered', ticket: ticket.id })
  await hoursPass(server, 0)
  await setTimeout(100)
  expect(await read(server, ticket.id)).toMatchObject({ version: 1 })
  technician.socket.close()
  await hoursPass(server, 1)
  await vi.waitFor(async () => expect((await read(server, ticket.id)).state).toEqual({ kind: 'open', assignee: null }))
})

test('an assignee who is not even there is silent, too', async () => {
  const server = await ready()
  const { me } = await addColleague(server, false)
  const { ticket } = await arrive(server, await createTicket(server, server.token, me.id))
  await hoursPass(server, 1)
  await vi.waitFor(async () => expect(await read(server, ticket.id)).toMatchObject({ version: 2 }))
})

test('for a customer who left, and in a group that wants it so, nobody loses anything', async () => {
  const server = await ready()
  const { ticket, customer } = await meet(server)
  await vi.waitFor(async () => expect(await countWaits(server)).toBe(1))
  customer.send({ type: 'leave' })
  await hoursPass(server, 0)
  await setFirstGroup(server, { assignment: 'off', silentMinutes: null, answerMinutes: null, resolveMinutes: null })
  const other = await meet(server)
  await hoursPass(server, 1)
  await setTimeout(100)
  expect([(await read(server, ticket.id)).version, (await read(server, other.ticket.id)).version]).toEqual([1, 1])
  await setFirstGroup(server, { assignment: 'off', silentMinutes: 240, answerMinutes: null, resolveMinutes: null })
  await vi.waitFor(async () => expect((await read(server, other.ticket.id)).version).toBe(2))
})

test('the minutes count from when one got the ticket, not from when the customer came', async () => {
  const server = await ready()
  const { ticket } = await arrive(server)
  await hoursPass(server, 1)
  await server.ask(
    `/api/tickets/${ticket.id}/changes`,
    { version: 1, key: 'k'.repeat(22), change: { kind: 'assign', assignee: server.me.id } },
    server.token,
  )
  await setTimeout(100)
  expect(await read(server, ticket.id)).toMatchObject({ version: 2, state: { assignee: server.me.id } })
})

test('a wait goes on over a restart, after a while for the desks; of whoever does not come back nothing is left', async () => {
  const first = await ready()
  const one = await meet(first)
  await meet(first)
  await hoursPass(first, 2)
  await first.close()
  const again = await serve({
    environment: { DATA_DIR: first.config.dataDir },
    limits: { silenceWatchMs: 15, silenceSettleMs: 1500 },
  })
  const server = { ...again, token: first.token, me: first.me }
  // Whoever was silent before the restart: the second ticket went with the first look, the first one may have, too.
  const { version } = await read(server, one.ticket.id)
  await greet(server, 'customer', one.joined.token)
  await setTimeout(300)
  expect(await read(server, one.ticket.id)).toMatchObject({ version })
  expect(await countWaits(server)).toBe(2)
  await vi.waitFor(async () => expect(await read(server, one.ticket.id)).toMatchObject({ version: 2 }), 5000)
  await vi.waitFor(async () => expect(await countWaits(server)).toBe(1), 5000)
})
