import { randomInt } from 'node:crypto'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import { noteOnline } from '../people/online.ts'
import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'
import { forgetOldJoins } from '../store/joins.ts'
import { forgetOldResets } from '../store/password-resets.ts'
import { addTicket, findTaken, forgetOldKeys, listOverdue, replaceTicket, type StoredTicket } from '../store/tickets.ts'
import { drawTicketId } from '../tokens.ts'
import { audience } from './live.ts'
import { chooseLookup, drawLookups } from './lookup.ts'
import { clearTicket } from './seating.ts'
import { type Expired, expireTicket, openTicket } from './ticket.ts'

type Needs = Pick<Services, 'config' | 'store' | 'live'>

const CANDIDATES = 32
const DRAWS = 20

/**
 * Makes a ticket, or finds the one that the same key made, and tells those who may see it.
 * @throws RefusedError `unavailable` when (nearly) every lookup is in use.
 */
export async function createTicket(
  { config, store, live }: Needs,
  by: { creator: TechnicianId; key: string; now: Time },
): Promise<StoredTicket> {
  const { creator, key, now } = by
  for (let draw = 0; draw < DRAWS; draw++) {
    const candidates = drawLookups(CANDIDATES, randomInt)
    const lookup = chooseLookup(candidates, await findTaken(store, candidates, now - config.limits.lookupRestMs))
    if (lookup === undefined) continue
    const header = openTicket({ id: drawTicketId(), lookup, creator, now, lifeMs: config.ticketMs })
    const added = await addTicket(store, { header, createdBy: creator, key })
    if (added?.header.id === header.id) tellChanged(live, added)
    if (added) return added
  }
  throw new RefusedError({ code: 'unavailable' })
}

/**
 * Kills a ticket's code: its customer is turned away, those who may see it are told.
 * @throws RefusedError `conflict` or `dead-code` when somebody was first.
 */
export async function endTicket(
  { store, live }: Pick<Needs, 'store' | 'live'>,
  ticket: StoredTicket,
  ask: { version: number; why: Expired['why']; now: Time },
): Promise<StoredTicket> {
  const ruling = expireTicket(ticket.header, ask)
  if (!ruling.ok) throw new RefusedError(ruling.refusal)
  const ended = { ...ticket, header: ruling.value }
  if (!(await replaceTicket(store, ended.header))) throw new RefusedError({ code: 'conflict', about: 'version' })
  clearTicket(live, ended.header.id, ask.now)
  tellChanged(live, ended)
  return ended
}

/** Ends what is over: tickets past their time, old join tokens, links, sign-ins and idempotency keys. Also notes who is here. */
async function sweep(needs: Needs & Pick<Services, 'auth'>, now: Time): Promise<void> {
  const { store, config } = needs
  for (const ticket of await listOverdue(store, now)) {
    try {
      await endTicket(needs, ticket, { version: ticket.header.version, why: 'time', now })
    } catch (error) {
      // Somebody changed it meanwhile; the next sweep looks again.
      if (!(error instanceof RefusedError)) throw error
    }
  }
  await noteOnline(needs, now)
  await forgetOldJoins(store, now)
  await forgetOldResets(store.db, now)
  await needs.auth.sessions.forgetOld()
  await forgetOldKeys(store, now - config.limits.idempotencyMs)
}

/** Sweeps again and again, one at a time. */
export function startSweeping(services: Services, signal: AbortSignal): void {
  let sweeping = false
  const timer = setInterval(() => {
    if (sweeping) return
    sweeping = true
    sweep(services, Date.now())
      .catch((error: unknown) => services.log.error({ err: error }, 'the sweep failed'))
      .finally(() => {
        sweeping = false
      })
  }, services.config.limits.expirySweepMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

function tellChanged(live: Needs['live'], { header, assignee }: StoredTicket): void {
  for (const peer of audience(live, assignee)) tellTechnician(peer, { type: 'ticket', ticket: header })
}
