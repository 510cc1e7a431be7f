import { RefusedError } from '../../protocol/errors.ts'
import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { MediaAnswer } from '../../protocol/media.ts'
import { caseRoom } from '../../protocol/rooms.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import { tellTechnician } from '../socket/send.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import type { TechnicianMessage } from './handler.ts'

/**
 * Lets in: any technician, as who made an image may have lost the ticket since. It reaches desks of whom it names that may open the
 * ticket's case now, and no others.
 */
export const mediaAnswer: TechnicianMessage<'media-answer'> = {
  schema: MediaAnswer,
  maxBytes: MAX_SOCKET_MESSAGE,
  async handle({ store, live, throttles }, from, { ticket, to, box }) {
    try {
      await throttles.mediaTalkPerTechnician.take(from.technician.id)
    } catch (error) {
      if (error instanceof RefusedError) return { ...error.refusal, about: 'media-answer' }
      throw error
    }
    const owner = await findRoomOwner(store.db, caseRoom(ticket))
    for (const peer of [...live.technicians]) {
      const isMeant = peer.technician.id === to && !peer.pager && peer !== from
      if (!isMeant || !owner || !mayOpenRoom(peer.technician, owner)) continue
      tellTechnician(peer, { type: 'media-answered', from: from.technician.id, ticket, box })
    }
    return undefined
  },
}
