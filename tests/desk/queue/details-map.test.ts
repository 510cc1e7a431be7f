import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openDetailsMap } from '../../../desk/queue/details-map.ts'
import { details, header } from './samples.ts'

test('details that fit the schema are read, others are passed over and stay', () => {
  const document = new Y.Doc()
  const tickets = document.getMap<unknown>('tickets')
  tickets.set(header(1).id, details({ name: 'Jean Dupont' }))
  tickets.set(header(2).id, { ...details(), secret: '12' })
  tickets.set('no ticket', details())
  const map = openDetailsMap(document, () => {})
  expect(map.get(header(1).id)).toEqual(details({ name: 'Jean Dupont' }))
  expect(map.get(header(2).id)).toBeUndefined()
  expect(map.ids()).toEqual([header(1).id, header(2).id])
  expect(tickets.size).toBe(3)
})

test('an edit tells of its ticket alone, and the others stay the same objects', () => {
  const there = new Y.Doc()
  const here = new Y.Doc()
  const changes: string[][] = []
  const map = openDetailsMap(here, (ids) => changes.push(ids))
  map.write(header(1).id, details())
  map.write(header(2).id, details())
  const second = map.get(header(2).id)
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  openDetailsMap(there, () => {}).write(header(1).id, details({ name: 'Sofia' }))
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  expect(changes).toEqual([[header(1).id], [header(2).id], [header(1).id]])
  expect(map.get(header(1).id)?.name).toBe('Sofia')
  expect(map.get(header(2).id)).toBe(second)
})
