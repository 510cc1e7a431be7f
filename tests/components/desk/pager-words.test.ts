import { afterEach, expect, test } from 'vitest'
import { badgeWords, noticeWords } from '../../../components/desk/pager-words.ts'
import { locale } from '../../../components/ui/locale.ts'
import type { Call } from '../../../desk/pager/calls.ts'
import type { Outcome } from '../../../desk/pager/notices.ts'
import type { Facts } from '../../../desk/pager/surface.ts'
import { call, groupId, ticketId } from '../../desk/pager/samples.ts'

const MINUTE = 60_000
const facts: Facts = {
  groupName: (id) => ({ [groupId(1)]: 'Support', [groupId(2)]: 'Field service' })[id],
  waitedMs: ({ since }) => 5 * MINUTE - since,
}
const wordsOf = (one: Call) => noticeWords({ kind: 'call', call: one }, facts)

locale.value = 'en'
afterEach(() => {
  locale.value = 'en'
})

test('a call says which code, which group, whose, and for how long; no more', () => {
  expect(wordsOf(call(1))).toEqual({
    title: 'A customer waits · 11111',
    message: 'Support · nobody has it yet · for 5 min',
    buttons: ['Open', 'Assign to me'],
  })
  expect(wordsOf(call(2, 5 * MINUTE - 3000, 'mine'))).toEqual({
    title: 'A customer waits · 11112',
    message: 'Support · yours · has just come',
    buttons: ['Open'],
  })
})

test('where many wait they are counted by group', () => {
  const calls = [call(1, MINUTE), call(2, 2 * MINUTE), { ...call(3, 3 * MINUTE), group: groupId(2) }, call(4, MINUTE)]
  expect(noticeWords({ kind: 'many', calls }, facts)).toEqual({
    title: '4 customers wait',
    message: 'Support: 3, Field service: 1 · the longest for 4 min',
    buttons: ['Open'],
  })
})

test.each<[Outcome, string]>([
  [{ kind: 'mine' }, 'It is yours · 11111'],
  [{ kind: 'taken', by: 'Paul Martin' }, 'Paul Martin was faster · 11111'],
  [{ kind: 'taken', by: null }, 'Somebody was faster · 11111'],
  [{ kind: 'ended' }, 'Nobody waits there any more · 11111'],
  [{ kind: 'failed' }, 'It was not assigned · 11111'],
  [{ kind: 'silent', minutes: 5 }, 'Back in the queue · 11111'],
])('what became of an assignment is told: %o', (outcome, title) => {
  const told = { kind: 'told', ticket: ticketId(1), outcome } as const
  expect(noticeWords({ ...told, lookup: call(1).lookup }, facts).title).toBe(title)
  expect(noticeWords({ ...told, lookup: undefined }, facts).title).toBe(title.replace(' · 11111', ''))
})

test('the toolbar button says what its figure means', () => {
  const titleOf = (badge: Parameters<typeof badgeWords>[0]) => badgeWords(badge).title
  expect(titleOf({ kind: 'none' })).toBe('Open Deskside')
  expect(titleOf({ kind: 'waiting', count: 2, quiet: false })).toBe('Deskside: customers who wait: 2')
  expect(titleOf({ kind: 'waiting', count: 2, quiet: true })).toMatch(/^Deskside: you are not called/)
  expect(titleOf({ kind: 'lost' })).toMatch(/no connection/)
  expect(titleOf({ kind: 'sign-in-over' })).toMatch(/sign in again/)
})

test('it speaks the language that was chosen', () => {
  locale.value = 'fr'
  expect(wordsOf(call(1))).toEqual({
    title: 'Un client attend · 11111',
    message: 'Support · personne ne s’en occupe encore · depuis 5 min',
    buttons: ['Ouvrir', 'Attribuer à moi'],
  })
})
