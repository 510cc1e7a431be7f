import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { touchedTickets } from '../../../desk/rooms/touched.ts'
import { GroupId, TicketId } from '../../../protocol/ids.ts'
import { caseRoom, queueRoom } from '../../../protocol/rooms.ts'

const queue = queueRoom(v.parse(GroupId, 'g'.repeat(22)))
const one = v.parse(TicketId, 'a'.repeat(22))
const other = v.parse(TicketId, 'b'.repeat(22))

/** What the change makes of the tickets of a queue. */
function touched(document: Y.Doc, change: () => void) {
  const updates: Uint8Array[] = []
  const hear = (update: Uint8Array) => void updates.push(update)
  document.on('update', hear)
  change()
  document.off('update', hear)
  return updates.map((update) => touchedTickets(queue, document, update))
}

test('a change of a queue is about the tickets that were written, written again, or taken out', () => {
  const document = new Y.Doc()
  const tickets = document.getMap('tickets')
  expect(touched(document, () => tickets.set(one, { name: 'Ada' }))).toEqual([[one]])
  expect(touched(document, () => tickets.set(one, { name: 'Ada Lovelace' }))).toEqual([[one]])
  tickets.set(other, { name: 'Grace' })
  expect(touched(document, () => tickets.delete(other))).toEqual([[other]])
  const both = touched(document, () =>
    document.transact(() => {
      tickets.set(one, 1)
      tickets.set(other, 2)
    }),
  )
  expect(both.map((ids) => ids.toSorted())).toEqual([[one, other]])
})

test('what is inside of a ticket is about it, and what else the queue holds is about none', () => {
  const document = new Y.Doc()
  const text = new Y.Text()
  document.getMap('tickets').set(one, text)
  expect(touched(document, () => text.insert(0, 'typed'))).toEqual([[one]])
  expect(touched(document, () => document.getMap('replies').set('hello', 'Hello'))).toEqual([[]])
})

test('what a browser has not sent when it is opened again is about the tickets that were written since', () => {
  const document = new Y.Doc()
  const tickets = document.getMap('tickets')
  tickets.set(one, 1)
  tickets.set(one, 2)
  const known = Y.encodeStateVector(document)
  tickets.set(other, 1)
  expect(touchedTickets(queue, document, Y.encodeStateAsUpdate(document, known), 'all')).toEqual([other])
})

test('all of a case is about its ticket', () => {
  expect(touchedTickets(caseRoom(one), new Y.Doc(), Y.encodeStateAsUpdate(new Y.Doc()))).toEqual([one])
})
