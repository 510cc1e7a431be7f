import * as v from 'valibot'
import { expect, test } from 'vitest'
import { callsOf } from '../../../desk/pager/calls.ts'
import { Lookup, TechnicianId } from '../../../protocol/ids.ts'
import type { Presence, TicketHeader, TicketState } from '../../../protocol/ticket.ts'
import { groupId, ticketId } from './samples.ts'

const [ada, grace] = ['ada', 'grace'].map((name) => v.parse(TechnicianId, name))
if (!ada || !grace) throw new Error('both are named')
const onCall = { id: ada, groups: new Set([groupId(1)]) }

const WAITING = { kind: 'waiting', since: 50, cameAt: 50 } as const
const header = (number: number, state: TicketState, group = 1): TicketHeader => ({
  id: ticketId(number),
  lookup: v.parse(Lookup, '12345'),
  group: groupId(group),
  state,
  seconds: [],
  createdAt: 0,
  openedAt: 0,
  answeredAt: null,
  expiresAt: 1000,
  version: 1,
})
const of = (assignee: TechnicianId | null): TicketState => ({ kind: 'open', assignee })
const called = (state: TicketState, presence: Presence, group?: number) =>
  callsOf([{ header: header(1, state, group), presence }], onCall).map(({ whose }) => whose)

test('one’s own customers call, whichever group they are of, and those of the own groups whom nobody has', () => {
  expect(called(of(ada), WAITING)).toEqual(['mine'])
  expect(called(of(ada), WAITING, 2)).toEqual(['mine'])
  expect(called(of(null), WAITING)).toEqual(['nobody'])
  expect(called(of(null), WAITING, 2)).toEqual([])
  expect(called(of(grace), WAITING)).toEqual([])
})

test('a customer calls until somebody has answered', () => {
  expect(called(of(ada), { kind: 'offline' })).toEqual([])
  expect(called(of(ada), { kind: 'in-session', since: 60, answered: false })).toEqual(['mine'])
  expect(called(of(ada), { kind: 'in-session', since: 60, answered: true })).toEqual([])
})

test('tickets that are over call nobody', () => {
  expect(called({ kind: 'resolved', assignee: ada, at: 1, by: ada }, WAITING)).toEqual([])
  expect(called({ kind: 'expired', at: 1, why: 'time', assignee: null, filed: false }, WAITING)).toEqual([])
})

test('who waits longest comes first', () => {
  const waiting = [30, 10, 20].map((since, index) => ({
    header: header(index, of(null)),
    presence: { kind: 'waiting', since, cameAt: since } as const,
  }))
  expect(callsOf(waiting, onCall).map(({ since }) => since)).toEqual([10, 20, 30])
})
