import { expect, test } from 'vitest'
import { dueNews, nextDueStep } from '../../../desk/queue/due-news.ts'
import { entry, FIELD, header, inSession, MARIE, offline, open, SUPPORT, TOM, waiting } from './samples.ts'

const MINUTE = 60_000
const targets = new Map([[SUPPORT, { answerMinutes: 20, resolveMinutes: 60 }]])
const who = { id: MARIE, groups: new Set([SUPPORT]) }
const of = (number: number, changes: Parameters<typeof header>[1] = {}) => header(number, { openedAt: 0, ...changes })

test('each promise is told once when it is due soon, and once when it is missed', () => {
  const tickets = [entry(of(1), waiting(0))]
  const steps = [0, 15, 16, 20, 30, 45, 59, 60, 90].map((minute) => minute * MINUTE)
  let told: ReadonlySet<string> = new Set()
  const heard = steps.map((now) => {
    const found = dueNews(tickets, told, { targets, who, now })
    told = found.told
    return found.news.map(({ target, kind }) => `${target} ${kind}`).join()
  })
  expect(heard).toEqual(['', 'answer soon', '', 'answer missed', '', 'resolve soon', '', 'resolve missed', ''])
})

test('one is told of one’s own tickets, and of those in one’s groups that nobody has', () => {
  const now = 25 * MINUTE
  const tickets = [
    entry(of(1), waiting(0)),
    entry(of(2, { state: open(TOM) }), waiting(0)),
    entry(of(3, { state: open(null) }), inSession(1, false)),
    entry(of(4, { state: open(null), group: FIELD }), waiting(0)),
    entry(of(5), offline),
  ]
  const lookups = (groups = [SUPPORT]) =>
    dueNews(tickets, new Set(), { targets, who: { id: MARIE, groups: new Set(groups) }, now }).news.map(
      ({ lookup }) => lookup,
    )
  expect(lookups()).toEqual(['00001', '00003'])
  expect(lookups([])).toEqual(['00001'])
})

test('what was owed no longer, and is owed anew, is told again', () => {
  const now = 25 * MINUTE
  const first = dueNews([entry(of(1), waiting(0))], new Set(), { targets, who, now })
  const answered = dueNews([entry(of(1, { answeredAt: now }), inSession(now))], first.told, { targets, who, now })
  expect(answered).toEqual({ news: [], told: new Set() })
  const reopened = of(1, { openedAt: now, answeredAt: null })
  const again = dueNews([entry(reopened, waiting(now))], answered.told, { targets, who, now: now + 16 * MINUTE })
  expect(again.news).toMatchObject([{ target: 'answer', kind: 'soon', due: now + 20 * MINUTE }])
})

test('the next step is known beforehand, and none after the last', () => {
  const tickets = [entry(of(1), waiting(0)), entry(of(2, { openedAt: MINUTE }))]
  const next = (minute: number) => {
    const step = nextDueStep(tickets, targets, minute * MINUTE)
    return step === null ? null : step / MINUTE
  }
  expect([0, 15, 20, 45, 46, 60, 61].map(next)).toEqual([15, 20, 45, 46, 60, 61, null])
})

test('a customer whose line is cut for a moment is told of once', () => {
  const now = 25 * MINUTE
  const first = dueNews([entry(of(1), waiting(0))], new Set(), { targets, who, now })
  expect(first.news).toHaveLength(1)
  const cut = dueNews([entry(of(1), offline)], first.told, { targets, who, now: now + 1 })
  const back = dueNews([entry(of(1), waiting(0))], cut.told, { targets, who, now: now + 2 })
  expect(back.news).toEqual([])
})
