import * as v from 'valibot'
import { expect, test } from 'vitest'
import { afterChange } from '../../../desk/queue/causes.ts'
import { TechnicianId } from '../../../protocol/ids.ts'
import type { TicketState } from '../../../protocol/ticket.ts'

const [ada, grace] = [v.parse(TechnicianId, 'ada'), v.parse(TechnicianId, 'grace')]
const open = (assignee: TechnicianId | null) => ({ state: { kind: 'open', assignee } as TicketState })
const silence = { kind: 'silence', whom: ada, minutes: 5 } as const
const automatic = { kind: 'automatic', whom: grace } as const

test('who was silent stands until somebody has the ticket', () => {
  const stands = afterChange(undefined, open(null), silence)
  expect(stands).toEqual({ silence })
  // Such as a second who was invited.
  expect(afterChange(stands, open(null), undefined)).toBe(stands)
  expect(afterChange(stands, open(grace), undefined)).toBeUndefined()
})

test('who was given it stands, with who was silent before, until a person decides otherwise', () => {
  const stands = afterChange({ silence }, open(grace), automatic)
  expect(stands).toEqual({ silence, automatic })
  expect(afterChange(stands, open(grace), undefined)).toBe(stands)
  expect(afterChange(stands, open(ada), undefined)).toBeUndefined()
  expect(afterChange(stands, open(null), undefined)).toBeUndefined()
  expect(afterChange(stands, open(null), { ...silence, whom: grace })).toEqual({ silence: { ...silence, whom: grace } })
})

test('a ticket that ended, and one that nothing was said of, say nothing', () => {
  const ended = { state: { kind: 'expired', at: 1, why: 'time', assignee: null, filed: false } as TicketState }
  expect(afterChange({ silence }, ended, undefined)).toBeUndefined()
  expect(afterChange(undefined, open(ada), undefined)).toBeUndefined()
})
