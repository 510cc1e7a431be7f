import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Account } from '../../../desk/account/settings.ts'
import { assignToMe } from '../../../desk/pager/assign-to-me.ts'
import type { Badge } from '../../../desk/pager/badge.ts'
import { type Calling, NOBODY_CALLED } from '../../../desk/pager/calling.ts'
import { ASSIGN_BUTTON, type Notice, noticeName, OPEN_BUTTON } from '../../../desk/pager/notices.ts'
import { startPager } from '../../../desk/pager/pager.ts'
import { USUAL_PAGER } from '../../../desk/pager/pager-settings.ts'
import type { Facts, PagerMemory } from '../../../desk/pager/surface.ts'
import type { DuesTold } from '../../../desk/queue/due-news.ts'
import { TicketReply } from '../../../protocol/http.ts'
import type { TechnicianId, TicketId } from '../../../protocol/ids.ts'
import { type Client, greet } from '../../signalling/support/client.ts'
import { join } from '../../signalling/support/server.ts'
import { type Colleague, openTeam, signIn } from '../../support/team.ts'

type House = Awaited<ReturnType<typeof openTeam>>

let life: AbortController
beforeEach(() => {
  life = new AbortController()
  // Node has no events of its own; the socket listens there for the network to come back.
  const network = new EventTarget()
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
})
afterEach(() => {
  life.abort()
  vi.unstubAllGlobals()
})

const key = () => randomBytes(16).toString('base64url')

/** A ticket of the group, and its customer who waits. */
async function customerWaits(house: House, assignee: TechnicianId | null = null) {
  const { running, group, admin } = house
  const body = { key: key(), group, assignee }
  const { ticket } = await admin.server.call('/api/tickets', { method: 'POST', body, reply: TicketReply })
  const { token } = await join(running, ticket.lookup)
  return { ticket, customer: await greet(running, 'customer', token) }
}

const assign = ({ server, me }: Pick<Colleague, 'server' | 'me'>, id: TicketId) =>
  assignToMe(id, { server, me: me.id, signal: life.signal })

/** A browser's background for this colleague: what it remembers outlives it, and what people see of it is kept. */
async function browserOf({ running }: House, { me, signInKey }: Colleague) {
  const { token, server } = await signIn(running, me.email, signInKey)
  const kept = {
    account: { origin: running.url, token, me } as Account | undefined,
    calling: NOBODY_CALLED,
    dues: new Set() as DuesTold,
  }
  const settings = { ...USUAL_PAGER, sound: true }
  const desk = { inFront: false }
  const seen = {
    badge: { kind: 'none' } as Badge,
    shown: new Map<string, string>(),
    calls: [] as string[],
    told: [] as Notice[],
    sounds: 0,
    opened: [] as (TicketId | undefined)[],
  }
  const memory: PagerMemory = {
    account: async () => kept.account,
    settings: async () => settings,
    calling: async () => kept.calling,
    async keepCalling(_, calling) {
      kept.calling = calling
    },
    dues: async () => kept.dues,
    async keepDues(_, told) {
      kept.dues = told
    },
    isDeskInFront: async () => desk.inFront,
  }
  const surface = {
    async badge(badge: Badge) {
      seen.badge = badge
    },
    async show(notice: Notice, facts: Facts) {
      seen.shown.set(noticeName(notice), notice.kind === 'call' ? (facts.groupName(notice.call.group) ?? '') : '')
      if (notice.kind === 'told') seen.told.push(notice)
      else seen.calls.push(noticeName(notice))
    },
    shown: async () => [...seen.shown.keys()],
    clear: async (name: string) => void seen.shown.delete(name),
    async sound() {
      seen.sounds += 1
    },
    openDesk: async (ticket: TicketId | undefined) => void seen.opened.push(ticket),
  }
  const wake = () => {
    const background = new AbortController()
    const pager = startPager(surface, memory, AbortSignal.any([life.signal, background.signal]))
    void pager.look()
    return { ...pager, sleep: () => background.abort() }
  }
  return { kept, settings, desk, seen, server, wake }
}

const becomes = (see: () => unknown, wanted: unknown) =>
  vi.waitFor(() => expect(see()).toEqual(wanted), { timeout: 10_000 })
const waiting = (count: number, quiet = false): Badge => ({ kind: 'waiting', count, quiet })
const NONE: Badge = { kind: 'none' }
const callName = (ticket: TicketId) => `waiting ${ticket}`

/** Makes the last call so old that the next one is due. */
function longAgo(kept: { calling: Calling }) {
  kept.calling = { ...kept.calling, lastAt: kept.calling.lastAt - 3_600_000 }
}

async function withColleague(): Promise<{ house: House; grace: Colleague }> {
  const house = await openTeam()
  return { house, grace: await house.invite('Grace', [house.group]) }
}

test('whoever comes calls once, by name of the group, and until somebody has taken the ticket', async () => {
  const { house, grace } = await withColleague()
  const { seen, wake } = await browserOf(house, grace)
  wake()
  const { ticket } = await customerWaits(house)
  await becomes(() => seen.badge, waiting(1))
  await becomes(() => [...seen.shown], [[callName(ticket.id), 'Support']])
  expect([seen.calls.length, seen.sounds]).toEqual([1, 1])
  expect(await assign(house.admin, ticket.id)).toEqual({ kind: 'mine' })
  await becomes(() => seen.badge, NONE)
  expect(seen.shown.size).toBe(0)
})

test('who waited already when the background was woken calls too, and whom it called for before does not call again', async () => {
  const { house, grace } = await withColleague()
  const { ticket, customer } = await customerWaits(house)
  const { kept, seen, wake } = await browserOf(house, grace)
  wake().sleep()
  const first = wake()
  await becomes(() => seen.calls, [callName(ticket.id)])
  await becomes(() => kept.calling.tickets.has(ticket.id), true)
  first.sleep()
  seen.badge = NONE
  const second = wake()
  await becomes(() => seen.badge, waiting(1))
  expect(seen.calls.length).toBe(1)
  longAgo(kept)
  await second.look()
  expect([seen.calls.length, seen.sounds]).toEqual([2, 2])
  customer.send({ type: 'leave' })
  await becomes(() => seen.badge, NONE)
  longAgo(kept)
  await second.look()
  expect(seen.calls.length).toBe(2)
})

test('of two who press “Assign to me” one has it and the other learns who', async () => {
  const { house, grace } = await withColleague()
  const [ada, other] = [await browserOf(house, house.admin), await browserOf(house, grace)]
  const pagers = [ada.wake(), other.wake()]
  const { ticket } = await customerWaits(house)
  await becomes(() => [ada, other].map(({ seen }) => seen.calls.length), [1, 1])
  await Promise.all(pagers.map((pager) => pager.pressed(callName(ticket.id), ASSIGN_BUTTON)))
  const outcomes = [ada, other].map(({ seen }) => seen.told.map((notice) => notice.kind === 'told' && notice.outcome))
  const { state } = (await house.admin.server.call(`/api/tickets/${ticket.id}`, { reply: TicketReply })).ticket
  const adaWon = state.kind === 'open' && state.assignee === house.admin.me.id
  const mine = [{ kind: 'mine' }]
  const taken = (by: string) => [{ kind: 'taken', by }]
  expect(outcomes).toEqual(adaWon ? [mine, taken('Ada')] : [taken('Grace'), mine])
  // Whose it is is called again, if the customer is left alone; the other one is not.
  await becomes(
    () => [ada, other].map(({ seen }) => seen.badge.kind),
    adaWon ? ['waiting', 'none'] : ['none', 'waiting'],
  )
})

test('“Open” brings the desk to the ticket, and gives time to act', async () => {
  const { house, grace } = await withColleague()
  const { kept, seen, wake } = await browserOf(house, grace)
  const pager = wake()
  const { ticket } = await customerWaits(house)
  await becomes(() => kept.calling.times, 1)
  longAgo(kept)
  await pager.pressed(callName(ticket.id), OPEN_BUTTON)
  expect(seen.opened).toEqual([ticket.id])
  expect(seen.calls.length).toBe(1)
  await pager.pressed('waiting', undefined)
  expect(seen.opened).toEqual([ticket.id, undefined])
})

test('a colleague’s customer and another group’s call nobody else', async () => {
  const { house, grace } = await withColleague()
  const field = await house.people.createGroup({ name: 'Field service' })
  const fred = await house.invite('Fred', [field.id])
  const browsers = [await browserOf(house, grace), await browserOf(house, fred)]
  for (const { wake } of browsers) wake()
  const own = await customerWaits(house, grace.me.id)
  const [graces, freds] = browsers
  await becomes(() => graces?.seen.calls, [callName(own.ticket.id)])
  await customerWaits(house, house.admin.me.id)
  await customerWaits({ ...house, group: field.id })
  await becomes(() => freds?.seen.badge, waiting(1))
  expect(graces?.seen.badge).toEqual(waiting(1))
})

test('a link that came up by itself is no answer; what the technician does is', async () => {
  const { house, grace } = await withColleague()
  const { seen, wake } = await browserOf(house, grace)
  wake()
  const { ticket } = await customerWaits(house, grace.me.id)
  await becomes(() => seen.badge, waiting(1))
  const { token } = await signIn(house.running, grace.me.email, grace.signInKey)
  const desk = await greet(house.running, 'technician', token)
  desk.send({ type: 'attend', ticket: ticket.id, take: false })
  desk.send({ type: 'link-state', ticket: ticket.id, live: true })
  await linked(desk, false)
  expect(seen.badge).toEqual(waiting(1))
  desk.send({ type: 'answered', ticket: ticket.id })
  await linked(desk, true)
  await becomes(() => seen.badge, NONE)
  expect(seen.calls.length).toBe(1)
})

test('while it is quiet the badge still counts; at a desk that one looks at there is a sound and no notification', async () => {
  const { house, grace } = await withColleague()
  const { desk, settings, seen, wake } = await browserOf(house, grace)
  settings.pause = { kind: 'muted' }
  const pager = wake()
  await customerWaits(house)
  await becomes(() => seen.badge, waiting(1, true))
  expect([seen.calls.length, seen.sounds]).toEqual([0, 0])
  settings.pause = { kind: 'none' }
  desk.inFront = true
  await pager.look()
  expect(seen.badge).toEqual(waiting(1))
  expect([seen.calls.length, seen.sounds]).toEqual([0, 1])
})

test('signed out nobody is called; a sign-in that is over says so', async () => {
  const { house, grace } = await withColleague()
  const { kept, seen, server, wake } = await browserOf(house, grace)
  const pager = wake()
  const { ticket } = await customerWaits(house)
  await becomes(() => [...seen.shown.keys()], [callName(ticket.id)])
  await server.account.signOut()
  await becomes(() => seen.badge, { kind: 'sign-in-over' })
  await becomes(() => seen.shown.size, 0)
  kept.account = undefined
  await pager.look()
  expect(seen.badge).toEqual(NONE)
})

/** What the desk is told of its own link. */
async function linked(desk: Client, answered: boolean): Promise<void> {
  for (;;) {
    const { presence } = await desk.next('presence')
    if (presence.kind === 'in-session' && presence.answered === answered) return
  }
}
