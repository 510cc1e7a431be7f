import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Account } from '../../../desk/account/settings.ts'
import { type Calling, NOBODY_CALLED } from '../../../desk/pager/calling.ts'
import type { Notice } from '../../../desk/pager/notices.ts'
import { startPager } from '../../../desk/pager/pager.ts'
import { USUAL_PAGER } from '../../../desk/pager/pager-settings.ts'
import type { DuesTold } from '../../../desk/queue/due-news.ts'
import { TicketReply } from '../../../protocol/http.ts'
import type { GroupSettings } from '../../../protocol/people.ts'
import { greet } from '../../signalling/support/client.ts'
import { AT_ONCE, hoursPass } from '../../signalling/support/queue-rules.ts'
import { join } from '../../signalling/support/server.ts'
import { openTeam, signIn } from '../../support/team.ts'

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

const soon = { timeout: 10_000, interval: 20 }

/** A group of two whose queue runs by itself; the background of Grace's browser, and a customer of hers. */
async function house(settings: GroupSettings) {
  const team = await openTeam({ limits: AT_ONCE })
  const { running, admin, group, people } = team
  await people.setGroup(group, settings)
  const grace = await team.invite('Grace', [group])
  const { token } = await signIn(running, grace.me.email, grace.signInKey)
  const account: Account = { origin: running.url, token, me: grace.me }
  const shown: Notice[] = []
  const settingsKept = { ...USUAL_PAGER, sound: true }
  const kept: { calling: Calling; dues: DuesTold } = { calling: NOBODY_CALLED, dues: new Set() }
  const nothing = async () => {}
  const memory = {
    account: async () => account,
    settings: async () => settingsKept,
    calling: async () => kept.calling,
    async keepCalling(_: Account, calling: Calling) {
      kept.calling = calling
    },
    dues: async () => kept.dues,
    async keepDues(_: Account, told: DuesTold) {
      kept.dues = told
    },
    isDeskInFront: async () => false,
  }
  const show = async (notice: Notice) => void shown.push(notice)
  const surface = { badge: nothing, show, shown: async () => [], clear: nothing, sound: nothing, openDesk: nothing }
  const customerComes = async (assignee: typeof grace.me.id | null) => {
    const body = { key: randomBytes(16).toString('base64url'), group, assignee }
    const { ticket } = await admin.server.call('/api/tickets', { method: 'POST', body, reply: TicketReply })
    const { token: seat } = await join(running, ticket.lookup)
    return { ticket, customer: await greet(running, 'customer', seat) }
  }
  const { look } = startPager(surface, memory, life.signal)
  await look()
  return { running, admin, grace, token, shown, settingsKept, look, customerComes }
}

test('who was silent is told that the ticket is back in the queue, and called as one of the group', async () => {
  const { running, grace, shown, customerComes } = await house({
    assignment: 'off',
    silentMinutes: 7,
    answerMinutes: null,
    resolveMinutes: null,
  })
  const { ticket } = await customerComes(grace.me.id)
  await vi.waitFor(() => expect(shown).toMatchObject([{ kind: 'call', call: { whose: 'mine' } }]), soon)
  await hoursPass(running, 1)
  const told = { kind: 'told', ticket: ticket.id, lookup: ticket.lookup, outcome: { kind: 'silent', minutes: 7 } }
  await vi.waitFor(() => expect(shown.at(-1)).toEqual(told), soon)
})

test('in a pause nobody is told of it', async () => {
  const { running, grace, shown, settingsKept, customerComes } = await house({
    assignment: 'off',
    silentMinutes: 7,
    answerMinutes: null,
    resolveMinutes: null,
  })
  settingsKept.pause = { kind: 'muted' }
  const { customer } = await customerComes(grace.me.id)
  const listener = await greet(running, 'technician', (await signIn(running, grace.me.email, grace.signInKey)).token)
  await hoursPass(running, 1)
  expect((await listener.next('ticket')).cause?.kind).toBe('silence')
  customer.send({ type: 'leave' })
  expect((await listener.next('presence')).presence.kind).toBe('offline')
  expect(shown).toEqual([])
})

test('who was called as one of all is called again for what was given to this one', async () => {
  const { running, token, shown, customerComes } = await house({
    assignment: 'round-robin',
    silentMinutes: null,
    answerMinutes: null,
    resolveMinutes: null,
  })
  const { ticket } = await customerComes(null)
  await vi.waitFor(() => expect(shown).toMatchObject([{ kind: 'call', call: { whose: 'nobody' } }]), soon)
  // Sits down at the desk.
  await greet(running, 'technician', token)
  const mine = { kind: 'call', call: { ticket: ticket.id, whose: 'mine' } }
  await vi.waitFor(() => expect(shown.slice(1)).toMatchObject([mine]), soon)
})

test('who answers for a ticket is told once that it will be late soon, and once that it is; in a pause of neither', async () => {
  const settings = { assignment: 'off', silentMinutes: null, answerMinutes: null, resolveMinutes: 60 } as const
  const { running, admin, grace, shown, settingsKept, look, customerComes } = await house(settings)
  const { ticket } = await customerComes(grace.me.id)
  await vi.waitFor(() => expect(shown).toMatchObject([{ kind: 'call' }]), soon)
  /** As if it had been opened then; any change tells the background of it. */
  const openedBefore = async (minutes: number, version: number, assignee: typeof grace.me.id | null) => {
    await running.sql(`update tickets set opened_at = ${Date.now() - minutes * 60_000}`)
    const body = { key: randomBytes(16).toString('base64url'), version, change: { kind: 'assign', assignee } }
    const listener = await greet(running, 'technician', (await signIn(running, grace.me.email, grace.signInKey)).token)
    await admin.server.call(`/api/tickets/${ticket.id}/changes`, { method: 'POST', body, reply: TicketReply })
    await listener.next('ticket')
    await look()
  }
  settingsKept.pause = { kind: 'muted' }
  await openedBefore(50, 1, null)
  expect(shown).toHaveLength(1)
  settingsKept.pause = { kind: 'none' }
  await look()
  const told = (missed: boolean) => ({
    kind: 'told',
    ticket: ticket.id,
    lookup: ticket.lookup,
    outcome: { kind: 'due', target: 'resolve', missed, others: 0 },
  })
  const dues = () => shown.filter(({ kind }) => kind === 'told')
  await vi.waitFor(() => expect(dues()).toEqual([told(false)]), soon)
  await openedBefore(61, 2, grace.me.id)
  await vi.waitFor(() => expect(dues()).toEqual([told(false), told(true)]), soon)
})
