import type { Time } from '../../protocol/ids.ts'
import type { Account } from '../account/settings.ts'
import { type DuesTold, dueNews, nextDueStep } from '../queue/due-news.ts'
import { targetsOf } from '../queue/service-level.ts'
import { NOBODY_CALLED } from './calling.ts'
import { factsOf, type PageInput } from './page.ts'
import { quietAt } from './quiet.ts'
import type { PagerMemory, PagerSurface } from './surface.ts'

/** More at once than this are only counted. */
const MOST = 3

type Input = Pick<PageInput, 'me' | 'tickets' | 'people' | 'settings' | 'now'> & { account: Account }

/** Tells once what is about to be late, and once what is. While it is quiet nothing is told: what is still late afterwards is then. @returns when to look again */
export async function pageDues(
  { account, me, tickets, people, settings, now }: Input,
  surface: PagerSurface,
  memory: Pick<PagerMemory, 'dues' | 'keepDues' | 'isDeskInFront'>,
): Promise<Time | null> {
  const targets = targetsOf(people?.groups ?? [])
  if (!people || targets.size === 0) return null
  const quiet = quietAt(settings, now)
  if (quiet.kind === 'quiet') return quiet.until
  const own = people.technicians.find(({ id }) => id === me)
  const before = await memory.dues(account)
  const who = { id: me, groups: new Set(own?.groups) }
  const { news, told } = dueNews(tickets.values(), before, { targets, who, now })
  // A desk that somebody looks at says it by itself.
  if (news.length > 0 && settings.notifications && !(await memory.isDeskInFront())) {
    const facts = factsOf(people, NOBODY_CALLED, now)
    for (const [index, { ticket, lookup, target, kind }] of news.slice(0, MOST).entries()) {
      const others = index === 0 ? Math.max(0, news.length - MOST) : 0
      const outcome = { kind: 'due', target, missed: kind === 'missed', others } as const
      await surface.show({ kind: 'told', ticket, lookup, outcome }, facts)
    }
  }
  if (!sameWords(before, told)) await memory.keepDues(account, told)
  return nextDueStep(tickets.values(), targets, now)
}

const sameWords = (one: DuesTold, other: DuesTold) =>
  one.size === other.size && [...one].every((word) => other.has(word))
