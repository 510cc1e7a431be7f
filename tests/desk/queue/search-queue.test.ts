import { expect, test } from 'vitest'
import { searchQueue } from '../../../desk/queue/search-queue.ts'
import { details, entry, header, MARIE, offline, open, TOM } from './samples.ts'

const jean = entry(header(48213), offline, details({ name: 'Jean Dupont', request: 'Imprimante « hors ligne »' }))
const cafe = entry(
  header(77120, { state: open(TOM) }),
  offline,
  details({ name: 'Café Lumière', contact: 'cafe@example.fr', tags: ['Réseau'] }),
)
const bare = entry(header(66031, { state: open(null) }))
const names = new Map([
  [MARIE, 'Marie Blanc'],
  [TOM, 'Tom Okafor'],
])
const cases = new Map([[bare.header.id, { notes: 'Router in the cellar', chat: 'It blinks' }]])
const found = (text: string) => searchQueue([jean, cafe, bare], text, { names, cases })

test('looks in name, contact, request, lookup, tags, assignee, notes and chat', () => {
  expect(found('dupont')).toEqual([jean])
  expect(found('example.fr')).toEqual([cafe])
  expect(found('imprimante')).toEqual([jean])
  expect(found('66031')).toEqual([bare])
  expect(found('reseau')).toEqual([cafe])
  expect(found('okafor')).toEqual([cafe])
  expect(found('cellar')).toEqual([bare])
  expect(found('blinks')).toEqual([bare])
})

test('case, accents and the order of words do not matter; every word must be there', () => {
  expect(found('LUMIERE cafe')).toEqual([cafe])
  expect(found('jean lumiere')).toEqual([])
  expect(found('  ')).toEqual([jean, cafe, bare])
})

test('the secret half is not searched', () => {
  expect(found('67890')).toEqual([])
})

test('what is written later is found', () => {
  expect(found('modem')).toEqual([])
  const later = new Map([[bare.header.id, { notes: 'Modem replaced', chat: '' }]])
  expect(searchQueue([bare], 'modem', { names, cases: later })).toEqual([bare])
})
