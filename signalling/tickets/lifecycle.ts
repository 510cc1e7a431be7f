import { randomInt } from 'node:crypto'
import { RefusedError } from '../../protocol/errors.ts'
import type { ChangeTicketRequest, CreateTicketRequest, TicketChange } from '../../protocol/http.ts'
import type { Lookup, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'
import { findGroups } from '../store/groups.ts'
import { countHeld } from '../store/held.ts'
import { findPerson } from '../store/members.ts'
import { addTicket, findChangedBy, findTaken, findTicket, replaceTicket } from '../store/tickets.ts'
import { drawTicketId } from '../tokens.ts'
import { type Ask, changeTicket } from './change.ts'
import { followChange } from './changed.ts'
import { tellHeld } from './held.ts'
import { audience } from './live.ts'
import { chooseLookup, drawLookups } from './lookup.ts'
import { maySee, type Person } from './rights.ts'
import { openTicket } from './ticket.ts'

type Needs = Pick<Services, 'config' | 'store' | 'live'>

const CANDIDATES = 32
const DRAWS = 20

/**
 * Makes a ticket, or finds the one that the same key made, and tells those who may see it.
 * @throws RefusedError `not-found` for a group that is not one's own, an assignee who may not see it, or a ticket of the key that one
 * sees no more; `unavailable` when (nearly) every lookup is in use.
 */
export async function createTicket(
  needs: Needs,
  by: Person,
  { key, group, assignee }: CreateTicketRequest,
  now: Time,
): Promise<TicketHeader> {
  const { config, store, live } = needs
  const [known] = await findGroups(store.db, [group])
  if (!known || !maySee(by, { group })) throw new RefusedError({ code: 'not-found', about: 'group' })
  const named = assignee === null ? undefined : await findPerson(store.db, assignee)
  if (assignee !== null && !(named && maySee(named, { group }))) {
    throw new RefusedError({ code: 'not-found', about: 'assignee' })
  }
  for (let draw = 0; draw < DRAWS; draw++) {
    const lookup = await drawLookup(needs, now)
    if (lookup === undefined) continue
    const header = openTicket({ id: drawTicketId(), lookup, group, assignee, now, lifeMs: config.ticketMs })
    const added = await addTicket(store, { header, createdBy: by.id, key })
    // What the key made before may have gone to a group of others since.
    if (added && !maySee(by, added)) throw new RefusedError({ code: 'not-found', about: 'ticket' })
    if (added?.id === header.id) {
      for (const peer of audience(live, added)) tellTechnician(peer, { type: 'ticket', ticket: added })
    }
    if (added) return added
  }
  throw new RefusedError({ code: 'unavailable' })
}

async function drawLookup({ config, store }: Needs, now: Time): Promise<Lookup | undefined> {
  const candidates = drawLookups(CANDIDATES, randomInt)
  return chooseLookup(candidates, await findTaken(store, candidates, now - config.limits.lookupRestMs))
}

/**
 * Changes a ticket as `change.ts` rules, once for each key, and tells those whom it concerns.
 * @throws RefusedError as `POST /api/tickets/:id/changes` says.
 */
export async function requestChange(
  needs: Needs,
  by: Person,
  id: TicketId,
  { version, key, change }: ChangeTicketRequest,
  now: Time,
): Promise<TicketHeader> {
  const { store, live } = needs
  for (let draw = 0; draw < DRAWS; draw++) {
    const before = await findTicket(store, id)
    if (!before) throw new RefusedError({ code: 'not-found', about: 'ticket' })
    const ruling = changeTicket(before, change, await lookUp(needs, before, change, { by, version, now }))
    if (!ruling.ok) {
      // What the same request did before may be why the rules say no now.
      const known = await findChangedBy(store, by.id, key)
      if (known) return ofKey(known, id)
      throw new RefusedError(ruling.refusal)
    }
    const replaced = await replaceTicket(store, ruling.value, { by: by.id, key })
    if (replaced.kind === 'known') return ofKey(replaced.header, id)
    if (replaced.kind === 'done') {
      const after = ruling.value.header
      followChange(live, before, after, now)
      // To the other group the ticket is new, with what its customer left.
      if (before.group !== after.group) tellHeld(live, after, (await countHeld(store, [id])).get(id) ?? 0)
      return after
    }
    // Another ticket may have got the lookup; any other change was overtaken by somebody's.
    if (change.kind !== 'reopen') break
  }
  throw new RefusedError({ code: 'conflict', about: 'version' })
}

/** @throws RefusedError `conflict` for a key that was used for another ticket: nothing of that one is told, and nothing is done. */
function ofKey(known: TicketHeader, id: TicketId): TicketHeader {
  if (known.id !== id) throw new RefusedError({ code: 'conflict', about: 'key' })
  return known
}

/** What the rules have to know of the technician, the group or the lookup of a change. */
async function lookUp(
  needs: Needs,
  ticket: TicketHeader,
  change: TicketChange,
  ask: Pick<Ask, 'by' | 'version' | 'now'>,
): Promise<Ask> {
  const { db } = needs.store
  const id = change.kind === 'assign' ? change.assignee : change.kind === 'second' ? change.technician : null
  const named = id === null ? undefined : await findPerson(db, id)
  const groupExists = change.kind === 'move' && (await findGroups(db, [change.group])).length === 1
  const lookup = change.kind === 'reopen' ? await lookupAgain(needs, ticket, ask.now) : ticket.lookup
  return { ...ask, named, groupExists, lookup, lifeMs: needs.config.ticketMs }
}

/** The ticket's own lookup while no open ticket has it, else a fresh one. */
async function lookupAgain(needs: Needs, { lookup }: TicketHeader, now: Time): Promise<Lookup> {
  const { open } = await findTaken(needs.store, [lookup], now)
  const again = open.has(lookup) ? await drawLookup(needs, now) : lookup
  if (again === undefined) throw new RefusedError({ code: 'unavailable' })
  return again
}
