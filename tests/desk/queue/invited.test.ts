import { expect, test } from 'vitest'
import { invitedNews, invitedTo } from '../../../desk/queue/invited.ts'
import { entry, header, MARIE, open, TOM } from './samples.ts'

const before = [entry(header(1, { seconds: [TOM] })), entry(header(2))]
const idsOf = (entries: typeof before) => entries.map(({ header: { id } }) => id)

/** What Tom is told when the second list takes the place of the first. */
function told(after: typeof before) {
  const { invited, removed } = invitedNews(invitedTo(before, TOM), after, TOM)
  return { invited: idsOf(invited), removed: idsOf(removed) }
}

test('whoever is invited or removed is told, once, and nobody else', () => {
  const after = [entry(header(1)), entry(header(2, { seconds: [TOM] }))]
  expect(told(before)).toEqual({ invited: [], removed: [] })
  expect(told(after)).toEqual({ invited: [header(2).id], removed: [header(1).id] })
  expect(invitedNews(invitedTo(before, MARIE), after, MARIE)).toEqual({ invited: [], removed: [] })
})

test('a ticket that was taken, resolved, or went away ends an invitation without news of that', () => {
  const resolved = { kind: 'resolved', assignee: MARIE, at: 5, by: MARIE } as const
  for (const after of [
    [entry(header(1, { state: open(TOM) }))],
    [entry(header(1, { state: resolved, seconds: [TOM] }))],
    [],
  ]) {
    expect(told(after)).toEqual({ invited: [], removed: [] })
  }
})
