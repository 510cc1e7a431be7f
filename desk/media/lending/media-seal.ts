import type { GroupId, TicketId } from '../../../protocol/ids.ts'
import type { EarlierKey } from '../../../protocol/rooms.ts'
import { bindingOf, hkdf, importKey, ownerOf, type RoomKey, type RoomKeys } from '../../rooms/room-seal.ts'

/**
 * The seal of what desks say to each other of a ticket's images, and of what of them rests with the server. Its keys are made of those
 * of the ticket's case: who may read a case has them, and so has a group to which the ticket was moved.
 */
export type MediaKeys = Pick<RoomKeys, 'context' | 'all'> & {
  /** Seal: the newest key of each group that has or had the ticket. One's own group's first. */
  readonly sealing: readonly RoomKey[]
}

/** @param caseKeys one's own group's first */
export async function mediaKeys(ticket: TicketId, caseKeys: readonly EarlierKey[]): Promise<MediaKeys> {
  const context = `media:${ticket}`
  const keys = await Promise.all(
    caseKeys.map(async ({ group, epoch, case: key }) => {
      const owner = { group, epoch }
      return { ...owner, key: await importKey(await hkdf(key, bindingOf(context, owner), 32)) }
    }),
  )
  const newest = new Map<GroupId, RoomKey>()
  for (const key of keys) if ((newest.get(key.group)?.epoch ?? 0) < key.epoch) newest.set(key.group, key)
  return { context, all: new Map(keys.map((key) => [ownerOf(key), key.key])), sealing: [...newest.values()] }
}
