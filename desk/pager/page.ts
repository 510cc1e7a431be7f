import type { TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import type { Known } from '../queue/known.ts'
import { badgeFor } from './badge.ts'
import { type Calling, nextPager, waitingSince } from './calling.ts'
import { callsOf } from './calls.ts'
import { noticesFor, outdated } from './notices.ts'
import { quietAt } from './quiet.ts'
import type { Facts, PagerMemory, PagerSurface } from './surface.ts'

/** What the background knows of the server. */
export type PageInput = {
  me: TechnicianId
  tickets: ReadonlyMap<TicketId, Known>
  people: PeopleReply | undefined
  before: Calling
  settings: Awaited<ReturnType<PagerMemory['settings']>>
  now: Time
}

/** Shows and sounds what follows from it. @returns what is to be kept, and when to look again at the latest */
export async function page(
  { me, tickets, people, before, settings, now }: PageInput,
  surface: PagerSurface,
  isDeskInFront: () => Promise<boolean>,
): Promise<{ calling: Calling; nextAt: Time | null }> {
  const quiet = quietAt(settings, now)
  const own = people?.technicians.find(({ id }) => id === me)
  const calls = callsOf(tickets.values(), { id: me, groups: new Set(own?.groups) })
  const { calling, call, nextAt } = nextPager(before, { calls, quiet, repeat: settings.repeat }, now)
  await surface.badge(badgeFor('open', calls.length, quiet.kind === 'quiet'))
  await clearOutdated(surface, calls)
  if (call.length === 0) return { calling, nextAt }
  // A desk that somebody looks at says by itself who has come.
  if (settings.notifications && !(await isDeskInFront())) {
    const facts = factsOf(people, calling, now)
    for (const notice of noticesFor(call, calls)) await surface.show(notice, facts)
  }
  // Not waited for: where there is no loudspeaker, a sound may never come to its end.
  if (settings.sound) void surface.sound().catch(() => {})
  return { calling, nextAt }
}

export async function clearOutdated(surface: PagerSurface, calls: Parameters<typeof outdated>[1]): Promise<void> {
  for (const name of outdated(await surface.shown(), calls)) await surface.clear(name)
}

export function factsOf(people: PeopleReply | undefined, calling: Calling, now: Time): Facts {
  return {
    groupName: (id) => people?.groups.find((group) => group.id === id)?.name,
    waitedMs: (call) => Math.max(0, now - waitingSince(calling, call)),
  }
}
