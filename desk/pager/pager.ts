import type { TicketId, Time } from '../../protocol/ids.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import type { Account } from '../account/settings.ts'
import { ServerClient } from '../server/server.ts'
import { assignToMe } from './assign-to-me.ts'
import { badgeFor } from './badge.ts'
import { acted, NOBODY_CALLED, without } from './calling.ts'
import { type Feed, openFeed } from './feed.ts'
import { ASSIGN_BUTTON, type Outcome, ticketOf } from './notices.ts'
import { clearOutdated, factsOf, page } from './page.ts'
import { pageDues } from './page-dues.ts'
import { quietAt } from './quiet.ts'
import type { PagerMemory, PagerSurface } from './surface.ts'

export type Pager = {
  /** Something may be different now, or the background has just been woken. Never rejects. */
  look(): Promise<void>
  /** A notification was pressed, or one of its buttons (counted from 0). */
  pressed(name: string, button: number | undefined): Promise<void>
}

type Running = { account: Account; server: ServerClient; feed: Feed; life: AbortController }

/** A timer of a browser runs no longer, in ms. */
const LONGEST_MS = 2 ** 31 - 1
/** In ms, where groups and names could not be had. */
const RETRY_MS = 5000
/** How long an assignment may take before one is told that it failed, in ms. */
const ASSIGN_MS = 15_000

/** Calls the technician who is signed in, whoever that is; it stops with the signal. */
export function startPager(surface: PagerSurface, memory: PagerMemory, signal: AbortSignal): Pager {
  let running: Running | undefined
  let people: PeopleReply | undefined
  let actedAt: Time | undefined
  const anew = new Set<TicketId>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking: Promise<void> | undefined
  let again = false

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })

  function look(): Promise<void> {
    again = true
    looking ??= rounds().finally(() => {
      looking = undefined
    })
    return looking
  }

  async function rounds() {
    while (again && !signal.aborted) {
      again = false
      // What goes wrong, such as a full disk, must not end the calls for good: the alarm comes back.
      await round(Date.now()).catch(() => {})
    }
  }

  async function round(now: Time) {
    const present = follow(await memory.account())
    const connection = present ? present.feed.connection : 'signed-out'
    if (connection === undefined) return
    if (present && connection === 'open') return await call(present, now)
    await surface.badge(badgeFor(connection, 0, false))
    // Who waited when the connection was lost may wait still.
    if (connection !== 'lost') await clearOutdated(surface, [])
  }

  async function call({ account, feed }: Running, now: Time) {
    const settings = await memory.settings()
    const asked = await askPeople(feed)
    let before = await memory.calling(account)
    if (actedAt !== undefined) before = acted(before, actedAt)
    actedAt = undefined
    if (anew.size > 0) before = without(before, anew)
    anew.clear()
    const input = { me: account.me.id, tickets: feed.tickets, people, before, settings, now }
    const { calling, nextAt } = await page(input, surface, memory.isDeskInFront)
    // Behind the call: whoever is put to sleep in between calls twice rather than never.
    if (before.tickets.size > 0 || calling.tickets.size > 0) await memory.keepCalling(account, calling)
    const due = { account, me: account.me.id, tickets: feed.tickets, people, settings, now }
    const dueAt = await pageDues(due, surface, memory)
    const times = [nextAt, dueAt, asked ? null : now + RETRY_MS].filter((time) => time !== null)
    lookIn(Math.min(...times) - now)
  }

  /** The feed of this account, in place of another one's. */
  function follow(account: Account | undefined): Running | undefined {
    if (running && account && sameSignIn(running.account, account)) return running
    running?.life.abort()
    people = undefined
    running = account && start(account)
    return running
  }

  function start(account: Account): Running {
    const life = new AbortController()
    const server = new ServerClient({ origin: account.origin, token: () => account.token })
    // Of both: the pager may have been stopped while the account was read.
    const until = AbortSignal.any([signal, life.signal])
    const feed = openFeed({
      account,
      server,
      onChange: () => void look(),
      onCause: (ticket, cause) => {
        if (cause.whom === account.me.id || (cause.kind === 'not-asked' && account.me.admin)) {
          void hearOwn(ticket, cause, account).catch(() => {})
        }
      },
      signal: until,
    })
    return { account, server, feed, life }
  }

  /** The server gave this technician a ticket, or took one back; or a customer did not ask for help. */
  async function hearOwn({ id: ticket, lookup }: TicketHeader, cause: TicketCause, { me }: Account) {
    if (cause.kind === 'automatic') {
      // Whoever was called for it as one of all is called again: it is this one's now.
      anew.add(ticket)
      return
    }
    const settings = await memory.settings()
    const isQuiet = quietAt(settings, Date.now()).kind === 'quiet'
    if (isQuiet || !settings.notifications || (await memory.isDeskInFront())) return
    const outcome: Outcome =
      cause.kind === 'silence'
        ? { kind: 'silent', minutes: cause.minutes }
        : { kind: 'not-asked', mine: cause.whom === me.id }
    await surface.show({ kind: 'told', ticket, lookup, outcome }, factsOf(people, NOBODY_CALLED, Date.now()))
  }

  /** As long as there is no ticket, it does not matter who people are. @returns false where they could not be had */
  async function askPeople(feed: Feed): Promise<boolean> {
    if (feed.tickets.size === 0) return true
    try {
      people = await feed.people()
      return true
    } catch {
      return false
    }
  }

  function lookIn(ms: number) {
    clearTimeout(timer)
    if (Number.isFinite(ms) && !signal.aborted) timer = setTimeout(() => void look(), Math.min(ms, LONGEST_MS))
  }

  async function assign(ticket: TicketId, account: Account) {
    const server = new ServerClient({ origin: account.origin, token: () => account.token })
    const until = AbortSignal.any([signal, AbortSignal.timeout(ASSIGN_MS)])
    const calling = await memory.calling(account)
    const outcome = await assignToMe(ticket, { server, me: account.me.id, signal: until })
    const lookup = calling.tickets.get(ticket)?.lookup ?? running?.feed.tickets.get(ticket)?.header.lookup
    await surface.show({ kind: 'told', ticket, lookup, outcome }, factsOf(people, calling, Date.now()))
  }

  return {
    look,
    async pressed(name, button) {
      const ticket = ticketOf(name)
      actedAt = Date.now()
      await surface.clear(name)
      const account = await memory.account()
      if (account && ticket && button === ASSIGN_BUTTON) await assign(ticket, account)
      else await surface.openDesk(ticket)
      await look()
    },
  }
}

function sameSignIn(one: Account, other: Account): boolean {
  return one.origin === other.origin && one.token === other.token && one.me.id === other.me.id
}
