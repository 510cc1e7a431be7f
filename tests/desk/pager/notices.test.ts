import { expect, test } from 'vitest'
import { type Notice, noticeName, noticesFor, outdated, ticketOf } from '../../../desk/pager/notices.ts'
import { call, ticketId } from './samples.ts'

const several = [1, 2, 3, 4].map((number) => call(number))
const names = (calls: typeof several) => calls.map((one) => noticeName({ kind: 'call', call: one }))

test('up to three customers have a notification each, more have one together', () => {
  expect(noticesFor([], several)).toEqual([])
  expect(noticesFor([call(3)], several.slice(0, 3))).toEqual([{ kind: 'call', call: call(3) }])
  expect(noticesFor([call(4)], several)).toEqual([{ kind: 'many', calls: several }])
})

test('a notification goes with its customer, and where one for many takes its place', () => {
  const shown = [...names(several.slice(0, 3)), 'waiting', `told ${ticketId(9)}`, 'another extension’s']
  expect(outdated(shown, [call(1)])).toEqual([...names([call(2), call(3)]), 'waiting'])
  expect(outdated(shown, several)).toEqual(names(several.slice(0, 3)))
  expect(outdated(shown, [])).toEqual([...names(several.slice(0, 3)), 'waiting'])
})

test('a notification’s name tells its ticket', () => {
  const told: Notice = { kind: 'told', ticket: ticketId(7), lookup: undefined, outcome: { kind: 'mine' } }
  expect(ticketOf(noticeName(told))).toBe(ticketId(7))
  expect(ticketOf(noticeName({ kind: 'call', call: call(8) }))).toBe(ticketId(8))
  expect(ticketOf(noticeName({ kind: 'many', calls: several }))).toBeUndefined()
  expect(ticketOf('waiting for something else')).toBeUndefined()
})
