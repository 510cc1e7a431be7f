import { signal } from '@preact/signals'
import { identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { beginKeyring, newestKey, type OpenKeyring } from '../../../desk/keys/keyring.ts'
import { openDetails } from '../../../desk/queue/row-details.ts'
import { openTickets } from '../../../desk/queue/tickets.ts'
import { earlierKeysOf } from '../../../desk/rooms/room-seal.ts'
import { ServerClient } from '../../../desk/server/server.ts'
import { type ServerTickets, serverTickets } from '../../../desk/server/server-tickets.ts'
import { openWire } from '../../../desk/server/wire.ts'
import type { SignedIn } from '../../../protocol/account.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import { PublicKey } from '../../../protocol/keys.ts'
import { addGroup } from '../../signalling/support/people.ts'
import { change, openTicket, sealedOf, serveGroup } from '../../signalling/support/rooms.ts'
import { newKey } from '../../signalling/support/server.ts'
import { giveWindow } from '../../support/window.ts'

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

/** The product's own tickets against a real server. @param between what a test puts between the two */
async function openDesk(
  { url }: { url: string },
  { token, me }: SignedIn,
  keyring: OpenKeyring,
  between: (routes: ServerTickets) => Partial<ServerTickets> = () => ({}),
  before: (details: Y.Map<unknown>) => void = () => undefined,
) {
  const wire = openWire(url, life.signal)
  const routes = serverTickets(new ServerClient({ origin: url, token: () => token }))
  const document = new Y.Doc()
  before(document.getMap('tickets'))
  const room = { document, loaded: Promise.resolve(), state: signal({ kind: 'synced' }) }
  const tickets = openTickets({
    server: { ...routes, ...between(routes) },
    wire,
    rooms: signal(new Map([[keyring.group, room]])),
    groups: signal([keyring.group]),
    keyringOf: (group) => (group === keyring.group ? keyring : undefined),
    earlierKeysOf,
    me: me.id,
    signal: life.signal,
  })
  wire.connect(token)
  return { tickets, wire, details: document.getMap('tickets') }
}

/** A group that Grace is not in, as somewhere to move a ticket to. */
async function elsewhere(server: Awaited<ReturnType<typeof serveGroup>>) {
  const { id } = await addGroup(server, 'Field')
  const recipient = await identityToRecipient(newestKey(await beginKeyring(id)).identity)
  return { id, publicKey: v.parse(PublicKey, recipient) }
}

const written = { name: 'Rosa', contact: '', request: '', priority: 'normal', tags: [] } as const
const newTicket = (group: OpenKeyring['group']) => ({ ...written, tags: [], group, assignee: null })

test('a ticket that one moves to a group of others is out of sight, also where the answer comes after the news', async () => {
  const server = await serveGroup()
  const { tickets, details, wire } = await openDesk(server, server.grace, await beginKeyring(server.group))
  await vi.waitFor(() => expect(wire.connection.value.kind).toBe('open'))
  const { ticket } = await tickets.create(newTicket(server.group), newKey(), life.signal)
  const gone = Promise.withResolvers<void>()
  wire.onMessage(({ type }) => type === 'ticket-gone' && gone.resolve(), life.signal)
  const moved = await tickets.move(ticket.id, await elsewhere(server), '', life.signal)
  expect(moved.kind).toBe('done')
  await gone.promise
  expect(tickets.find(ticket.id)).toBeUndefined()
  expect(details.size).toBe(0)
})

test('a move whose answer is lost counts as done, and its details go from the queue', async () => {
  const server = await serveGroup()
  let lost = 0
  const { tickets, details } = await openDesk(server, server.grace, await beginKeyring(server.group), (routes) => ({
    async change(id, body, until) {
      const reply = await routes.change(id, body, until)
      if (body.change.kind === 'move' && lost++ === 0) throw new RefusedError({ code: 'unavailable' })
      return reply
    },
  }))
  const { ticket } = await tickets.create(newTicket(server.group), newKey(), life.signal)
  const to = await elsewhere(server)
  expect(await tickets.move(ticket.id, to, '', life.signal)).toMatchObject({ kind: 'done', ticket: { group: to.id } })
  expect(lost).toBe(1)
  expect(tickets.find(ticket.id)).toBeUndefined()
  expect(details.size).toBe(0)
})

test('a ticket whose making was not heard of keeps its details with its group, whatever is chosen for the next try', async () => {
  const server = await serveGroup()
  const { group, grace } = server
  let lost = 0
  const { tickets, details } = await openDesk(server, grace, await beginKeyring(group), (routes) => ({
    async create(body, signal) {
      const reply = await routes.create(body, signal)
      if (lost++ === 0) throw new RefusedError({ code: 'unavailable' })
      return reply
    },
  }))
  const key = newKey()
  // An admin may make tickets in all groups.
  await server.ask(`/api/technicians/${grace.me.id}`, { admin: true }, server.token)
  await expect(tickets.create(newTicket(group), key, life.signal)).rejects.toThrow(RefusedError)
  const { ticket } = await tickets.create(newTicket((await elsewhere(server)).id), key, life.signal)
  expect(ticket.group).toBe(group)
  expect(details.get(ticket.id)).toMatchObject({ name: 'Rosa' })
})

test('who closes the dialog while the server answers leaves nothing half done', async () => {
  const server = await serveGroup()
  const { group, grace, linus } = server
  let dialog = new AbortController()
  // As a request does whose answer is not read to its end.
  const close = <Reply>(signal: AbortSignal | undefined, reply: Reply) => {
    dialog.abort()
    signal?.throwIfAborted()
    return reply
  }
  const { tickets, details } = await openDesk(server, grace, await beginKeyring(group), (routes) => ({
    create: async (body, signal) => close(signal, await routes.create(body)),
    change: async (id, body, signal) => close(signal, await routes.change(id, body)),
  }))
  const { ticket } = await tickets.create(newTicket(group), newKey(), dialog.signal)
  expect(details.get(ticket.id)).toMatchObject({ name: 'Rosa' })
  dialog = new AbortController()
  await tickets.assign(ticket.id, linus.me.id, 'Speaks French', dialog.signal)
  expect(details.get(ticket.id)).toMatchObject({ handOver: { note: 'Speaks French' } })
  dialog = new AbortController()
  await tickets.assign(ticket.id, grace.me.id, '', dialog.signal)
  dialog = new AbortController()
  await tickets.resolve(ticket.id, dialog.signal)
  expect(details.size).toBe(0)
  await expect(tickets.resolve(ticket.id, dialog.signal)).rejects.toThrow()
})

test('what leaves while a list is on its way does not come back with it', async () => {
  const server = await serveGroup()
  const { group, grace } = server
  const [moved, resolved, stays] = [
    await openTicket(server, group, grace),
    await openTicket(server, group, grace),
    await openTicket(server, group, grace),
  ]
  const asked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const { tickets, wire } = await openDesk(server, grace, await beginKeyring(group), (routes) => ({
    async list(...which) {
      const page = await routes.list(...which)
      asked.resolve()
      await goOn.promise
      return page
    },
  }))
  const shown = new Set<string>()
  tickets.entries.subscribe((entries) => {
    for (const { header } of entries) shown.add(header.id)
  })
  const heard: string[] = []
  wire.onMessage(({ type }) => void heard.push(type), life.signal)
  await asked.promise
  const sealed = sealedOf(64)
  await change(server, resolved, { kind: 'resolve', sealed }, grace.token)
  await change(server, moved, { kind: 'move', group: (await elsewhere(server)).id, sealed }, grace.token)
  await vi.waitFor(() => expect(heard).toContain('ticket-gone'))
  goOn.resolve()
  await vi.waitFor(() => expect(tickets.find(stays.id)).toBeDefined())
  expect([...shown]).toEqual([stays.id])
})

test('L7 what an expired ticket says rests with the server before it leaves the queue; what is left over there is cleared away', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const server = await serveGroup()
  const keyring = await beginKeyring(server.group)
  const { tickets, wire, details } = await openDesk(server, server.grace, keyring)
  await vi.waitFor(() => expect(wire.connection.value.kind).toBe('open'))
  const { ticket } = await tickets.create(newTicket(server.group), newKey(), life.signal)
  const routes = serverTickets(new ServerClient({ origin: server.url, token: () => server.grace.token }))
  await tickets.expire(ticket.id, 'withdrawn', life.signal)
  await vi.waitFor(() => expect(tickets.find(ticket.id)?.header.state).toMatchObject({ filed: true }))
  expect(details.size, 'the queue shows it for a week').toBe(1)
  const row = (await routes.details(ticket.id)).details
  expect(row && (await openDetails(keyring, ticket.id, row))).toMatchObject({ name: 'Rosa' })

  // One that ended while no desk was open, and that the queue shows no longer.
  const late = await openTicket(server, server.group, server.grace)
  await change(server, late, { kind: 'expire', why: 'withdrawn' }, server.grace.token)
  await server.sql(`update tickets set ended_at = ended_at - 8 * 86400000 where id = '${late.id}'`)
  const again = await openDesk(server, server.linus, keyring, undefined, (map) => {
    map.set(late.id, { ...written, tags: [], secret: '12345', createdAt: 1, earlierKeys: [] })
  })
  await vi.waitFor(() => expect(again.details.size).toBe(0))
  const lateRow = (await routes.details(late.id)).details
  expect(lateRow && (await openDetails(keyring, late.id, lateRow))).toMatchObject({ name: 'Rosa' })
  vi.restoreAllMocks()
})
