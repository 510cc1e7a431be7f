import { describe, expect, test } from 'vitest'
import { applyList, groupQueue, hearPresence, hearTicket, type KnownTickets, searchQueue } from '../../desk/queue.ts'
import { details, entry, header, inSession, offline, waiting } from './tickets.ts'

const none: KnownTickets = new Map()
const NOW = 5000
const expired = { kind: 'expired', at: 4000, why: 'withdrawn' } as const

describe('what is heard', () => {
  test('a newer version replaces, an older one does not', () => {
    const first = hearTicket(none, header(1, { version: 2, state: expired }), 1)
    const late = hearTicket(first, header(1, { version: 1 }), 2)
    expect(late.get(header(1).id)?.header.state).toEqual(expired)
    const newer = hearTicket(first, header(1, { version: 3 }), 2)
    expect(newer.get(header(1).id)?.header.version).toBe(3)
  })

  test('a ticket that ends has nobody there', () => {
    const there = hearPresence(hearTicket(none, header(1), 1), header(1).id, waiting(10), 2)
    expect(there.get(header(1).id)?.presence).toEqual(waiting(10))
    const ended = hearTicket(there, header(1, { version: 2, state: expired }), 3)
    expect(ended.get(header(1).id)?.presence).toEqual(offline)
    expect(hearPresence(ended, header(1).id, waiting(20), 4)).toBe(ended)
  })

  test('presence of a ticket that nobody knows is nothing', () => {
    expect(hearPresence(none, header(1).id, waiting(10), 1)).toBe(none)
  })
})

describe('the list of the server', () => {
  test('brings what is new and where customers are', () => {
    const listed = applyList(none, [{ ticket: header(1), presence: waiting(10) }], 0, NOW)
    expect(listed.get(header(1).id)).toEqual({ header: header(1), presence: waiting(10), seen: 0 })
  })

  test('does not undo what was heard after it was asked for', () => {
    let known = hearTicket(none, header(1), 1)
    known = hearPresence(known, header(1).id, waiting(10), 2)
    known = applyList(known, [{ ticket: header(1), presence: offline }], 1, NOW)
    expect(known.get(header(1).id)?.presence).toEqual(waiting(10))
    const created = applyList(hearTicket(none, header(2), 2), [], 1, NOW)
    expect(created.get(header(2).id)?.header.state.kind).toBe('open')
  })

  test('corrects what was heard before', () => {
    const known = hearPresence(hearTicket(none, header(1), 1), header(1).id, waiting(10), 2)
    const listed = applyList(known, [{ ticket: header(1), presence: offline }], 2, NOW)
    expect(listed.get(header(1).id)?.presence).toEqual(offline)
  })

  test('an open ticket that it lacks has ended, and says why', () => {
    const known = hearTicket(hearTicket(none, header(1), 1), header(2, { expiresAt: 4500 }), 2)
    const listed = applyList(known, [], 2, NOW)
    expect(listed.get(header(1).id)?.header.state).toEqual({ kind: 'expired', at: NOW, why: 'withdrawn' })
    expect(listed.get(header(2).id)?.header.state).toEqual({ kind: 'expired', at: 4500, why: 'time' })
  })

  test('keeps the reason of what has ended already', () => {
    const guessed = { kind: 'expired', at: 4000, why: 'guessed' } as const
    const listed = applyList(hearTicket(none, header(1, { state: guessed }), 1), [], 1, NOW)
    expect(listed.get(header(1).id)?.header.state).toEqual(guessed)
  })
})

describe('the order of the queue', () => {
  test('who waits longest is on top; empty groups are left out', () => {
    const groups = groupQueue([
      entry(header(1), offline),
      entry(header(2), waiting(300)),
      entry(header(3), inSession(100)),
      entry(header(4), waiting(200)),
      entry(header(5), offline),
    ])
    expect(groups.map(({ group, entries }) => [group, entries.map((each) => each.header.lookup)])).toEqual([
      ['waiting', ['00004', '00002']],
      ['in-session', ['00003']],
      ['absent', ['00005', '00001']],
    ])
  })

  test('what has ended comes last, the latest first', () => {
    const ended = (number: number, at: number) => entry(header(number, { state: { ...expired, at } }))
    const groups = groupQueue([ended(1, 10), entry(header(2)), ended(3, 20)])
    expect(groups.map(({ group, entries }) => [group, entries.map((each) => each.header.lookup)])).toEqual([
      ['absent', ['00002']],
      ['ended', ['00003', '00001']],
    ])
  })
})

describe('search', () => {
  const jean = entry(header(48213), offline, details({ name: 'Jean Dupont', request: 'Imprimante « hors ligne »' }))
  const cafe = entry(header(77120), offline, details({ name: 'Café Lumière', contact: 'cafe@example.fr' }))
  const bare = entry(header(66031))
  const found = (text: string) => searchQueue([jean, cafe, bare], text)

  test('looks in name, contact, request and lookup', () => {
    expect(found('dupont')).toEqual([jean])
    expect(found('example.fr')).toEqual([cafe])
    expect(found('imprimante')).toEqual([jean])
    expect(found('66031')).toEqual([bare])
  })

  test('case, accents and the order of words do not matter; every word must be there', () => {
    expect(found('LUMIERE cafe')).toEqual([cafe])
    expect(found('jean lumiere')).toEqual([])
    expect(found('  ')).toEqual([jean, cafe, bare])
  })

  test('the secret half is not searched', () => {
    expect(found('67890')).toEqual([])
  })
})
