import type { GroupId, TicketId, Time } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { every } from '../every.ts'
import type { Services } from '../services.ts'
import { forgetUnanswered, keepUnanswered, listSuspects, type Suspect, type Unanswered } from '../store/silence.ts'
import { replaceTicket } from '../store/tickets.ts'
import { listAutomatic } from '../store/turns.ts'
import type { TokenHash } from '../tokens.ts'
import { returnAfterSilence } from './change.ts'
import { followChange } from './changed.ts'
import { give, giveAndTell } from './giving.ts'
import type { Live, LiveTicket } from './live.ts'
import { isHere, isSilent } from './silence.ts'

type Needs = Pick<Services, 'config' | 'log' | 'store' | 'live'>

/** `noted`: the waits that are written down. `settled`: those who did not come back after the start are forgotten. */
type Watch = { startedAt: Time; settled: boolean; noted: Map<TicketId, TokenHash> }

/** Takes tickets back from assignees who are silent, and gives those that nobody has to somebody; until the signal. */
export function startSilenceWatch(services: Services, signal: AbortSignal): void {
  const watch: Watch = { startedAt: Date.now(), settled: false, noted: new Map() }
  const { config, log } = services
  const run = () => look(services, watch, Date.now())
  const failed = 'the tickets that wait could not be looked after'
  every({ everyMs: config.limits.silenceWatchMs, failed, log, run }, signal)
}

async function look(needs: Needs, watch: Watch, now: Time): Promise<void> {
  const { store, live, config } = needs
  await keepUnanswered(store, newsOf(live, watch))
  if (!watch.settled && now >= watch.startedAt + config.limits.silenceSettleMs) {
    await forgetUnanswered(store, new Set(watch.noted.values()))
    watch.settled = true
  }
  for (const suspect of await listSuspects(store, now)) await judge(needs, suspect, watch, now)
  await giveWaiting(needs, now)
}

/** What has changed of who waits unanswered since the last look. */
function newsOf({ tickets }: Live, { noted }: Watch): Unanswered[] {
  const news: Unanswered[] = []
  for (const [id, join] of noted) {
    const ticket = tickets.get(id)
    if (ticket && joinOf(ticket) === join && ticket.unansweredSince !== undefined) continue
    noted.delete(id)
    news.push({ join, since: null })
  }
  for (const ticket of tickets.values()) {
    const join = joinOf(ticket)
    if (join === undefined || ticket.unansweredSince === undefined || noted.has(ticket.id)) continue
    noted.set(ticket.id, join)
    news.push({ join, since: ticket.unansweredSince })
  }
  return news
}

function joinOf({ seat }: LiveTicket): TokenHash | undefined {
  return seat.kind === 'free' ? undefined : seat.join
}

/** Back to the queue, and on to somebody else where the group wants that: told together, so that nobody is called in between. */
async function judge(needs: Needs, suspect: Suspect, { startedAt }: Watch, now: Time): Promise<void> {
  const { store, live, config, log } = needs
  const { ticket: before, assignee: whom, minutes } = suspect
  if (!isSilent({ ...suspect, startedAt, settleMs: config.limits.silenceSettleMs }, now)) return
  if (!waits(live.tickets.get(before.id), suspect)) return
  const returned = returnAfterSilence(before, now)
  if ((await replaceTicket(store, returned)).kind !== 'done') return
  const given = await give(needs, returned.header, now).catch((error: unknown) => {
    log.error({ err: error }, 'a ticket could not be given to anybody')
    return undefined
  })
  followChange(live, before, returned.header, now, { kind: 'silence', whom, minutes })
  if (given) followChange(live, returned.header, given.header, now, given.cause)
}

/** The same customer is there, and still has nobody: the store may be behind. */
function waits(ticket: LiveTicket | undefined, { join }: Suspect): boolean {
  return ticket !== undefined && ticket.unansweredSince !== undefined && joinOf(ticket) === join && isHere(ticket)
}

/** Somebody may have come to the desk meanwhile, or a ticket was given back. */
async function giveWaiting(needs: Needs, now: Time): Promise<void> {
  const { store, live } = needs
  const isFree = ({ header, unansweredSince }: LiveTicket) =>
    header.state.kind === 'open' && assigneeOf(header) === null && unansweredSince !== undefined
  const free = [...live.tickets.values()].filter((ticket) => isFree(ticket) && isHere(ticket))
  if (free.length === 0) return
  const automatic: ReadonlySet<GroupId> = await listAutomatic(store)
  const longest = free.sort((one, other) => (one.unansweredSince ?? now) - (other.unansweredSince ?? now))
  for (const { header } of longest) if (automatic.has(header.group)) await giveAndTell(needs, header, now)
}
