import { RefusedError } from '../../protocol/errors.ts'
import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { MediaAsk } from '../../protocol/media.ts'
import { caseRoom } from '../../protocol/rooms.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import { tellTechnician } from '../socket/send.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import type { TechnicianMessage } from './handler.ts'

/** Lets in: who may open the ticket's case. It goes to all desks of whom it names but the one that asks. */
export const mediaAsk: TechnicianMessage<'media-ask'> = {
  schema: MediaAsk,
  maxBytes: MAX_SOCKET_MESSAGE,
  async handle({ store, live, throttles }, from, { ticket, to, box }) {
    const { technician } = from
    try {
      await throttles.mediaTalkPerTechnician.take(technician.id)
    } catch (error) {
      if (error instanceof RefusedError) return { ...error.refusal, about: 'media-ask' }
      throw error
    }
    const owner = await findRoomOwner(store.db, caseRoom(ticket))
    if (!owner || !mayOpenRoom(technician, owner)) return { code: 'not-found', about: 'media-ask', ticket }
    const desks = [...live.technicians].filter((peer) => peer.technician.id === to && !peer.pager && peer !== from)
    for (const desk of desks) tellTechnician(desk, { type: 'media-asked', from: technician.id, ticket, box })
    return desks.length > 0 ? undefined : { code: 'nobody-there', about: 'media-ask', ticket }
  },
}
