import * as Y from 'yjs'
import type { TicketId } from '../../protocol/ids.ts'
import { type RoomName, readRoom } from '../../protocol/rooms.ts'

/**
 * The tickets that a change is about: what a person counts, where Yjs counts keystrokes.
 * @param update in the document already
 * @param deletions `all`: the update names everything that was ever deleted, as one from a state vector does
 */
export function touchedTickets(
  room: RoomName,
  document: Y.Doc,
  update: Uint8Array,
  deletions: 'new' | 'all' = 'new',
): readonly TicketId[] {
  const of = readRoom(room)
  if (of.kind !== 'queue') return [of.ticket]
  const tickets = document.share.get('tickets')
  if (!tickets) return []
  const { structs, ds } = Y.decodeUpdate(update)
  const ids = new Set<string>()
  for (const { id } of structs) addKeyOf(id)
  if (deletions === 'new') {
    for (const [client, ranges] of ds.clients) for (const { clock } of ranges) addKeyOf(Y.createID(client, clock))
  }
  return [...ids] as TicketId[]

  function addKeyOf(id: Y.ID) {
    if (Y.getState(document.store, id.client) <= id.clock) return
    let item = Y.getItem(document.store, id)
    // What is inside of a ticket's value belongs to the ticket.
    while (item instanceof Y.Item && item.parent instanceof Y.AbstractType && item.parent._item)
      item = item.parent._item
    if (item instanceof Y.Item && item.parent === tickets && item.parentSub) ids.add(item.parentSub)
  }
}
