import type { FileRules } from '../../protocol/file-rules.ts'
import type { GroupId, Time } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import { every } from '../every.ts'
import type { Services } from '../services.ts'
import { tellCustomer } from '../socket/send.ts'
import { readFileRules } from '../store/file-rules.ts'
import { findPublicKey } from '../store/keyrings.ts'
import { lastWaits } from '../store/waits.ts'
import type { LiveTicket } from './live.ts'
import { MOST_WAITS, placesOf, typicalWait, WAITS_MS } from './standing.ts'

type Standing = { kind: 'waiting'; ahead: number; typicalMs: number | null } | { kind: 'answered' }

type News = { groupKey: PublicKey | null; standing: Standing; files: FileRules }

/** What a customer's socket knows; undefined: nothing of it yet. */
export type Told = { [Part in keyof News]: News[Part] | undefined }

export const NOTHING_TOLD: Told = { groupKey: undefined, standing: undefined, files: undefined }

type Needs = Pick<Services, 'store' | 'live'>

/** Tells customers their group's key, their place in the line and which files may be exchanged, soon after one of them changed; until the signal. */
export function startCustomerNews(services: Services, signal: AbortSignal): void {
  const { config, log } = services
  const run = () => tellChanged(services, Date.now())
  every({ everyMs: config.limits.customerNewsMs, failed: 'customers could not be told their place', log, run }, signal)
}

async function tellChanged(needs: Needs, now: Time): Promise<void> {
  const { changedLines, tickets } = needs.live
  if (changedLines.size === 0) return
  const groups = [...changedLines]
  changedLines.clear()
  const byGroup = Map.groupBy(tickets.values(), ({ header }) => header.group)
  const files = await readFileRules(needs.store.db)
  for (const group of groups) await tellGroup(needs, { group, files, now }, byGroup.get(group) ?? [])
}

type Round = { group: GroupId; files: FileRules; now: Time }

async function tellGroup(
  { store }: Needs,
  { group, files, now }: Round,
  tickets: readonly LiveTicket[],
): Promise<void> {
  if (!tickets.some(({ customer }) => customer)) return
  const groupKey = await findPublicKey(store, group)
  const typicalMs = typicalWait(await lastWaits(store, group, now - WAITS_MS, MOST_WAITS))
  // As it is now: while the store was asked, some may have gone.
  const here = tickets.filter(({ seat, header }) => seat.kind !== 'free' && header.group === group)
  const places = placesOf(
    here.flatMap(({ id, answered, arrivedAt }) => (answered || arrivedAt === undefined ? [] : [{ id, arrivedAt }])),
  )
  for (const ticket of here) {
    const ahead = places.get(ticket.id)
    tell(ticket, {
      groupKey,
      files,
      standing: ahead === undefined ? { kind: 'answered' } : { kind: 'waiting', ahead, typicalMs },
    })
  }
}

function tell(ticket: LiveTicket, { groupKey, standing, files }: News): void {
  const { customer, told } = ticket
  if (!customer) return
  if (told.groupKey !== groupKey) tellCustomer(customer, { type: 'group-key', groupKey })
  if (!sameStanding(told.standing, standing)) {
    if (standing.kind === 'answered') tellCustomer(customer, { type: 'answered' })
    else tellCustomer(customer, { type: 'standing', ahead: standing.ahead, typicalMs: standing.typicalMs })
  }
  if (!sameRules(told.files, files)) tellCustomer(customer, { type: 'file-rules', rules: files })
  ticket.told = { groupKey, standing, files }
}

function sameStanding(one: Standing | undefined, other: Standing): boolean {
  if (one?.kind !== 'waiting' || other.kind !== 'waiting') return one?.kind === other.kind
  return one.ahead === other.ahead && one.typicalMs === other.typicalMs
}

function sameRules(one: FileRules | undefined, other: FileRules): boolean {
  return one?.largest === other.largest && one.refused.join() === other.refused.join()
}
