import type { Desk } from '../desk.ts'
import type { BackupPart } from './part.ts'
import { repliesPart } from './replies-part.ts'
import { roomsPart } from './rooms-part.ts'
import { settingsPart } from './settings-part.ts'

/** All that a backup of a technician's local data holds. */
export function backupParts({
  rooms,
  people,
  replies,
}: Pick<Desk, 'rooms' | 'people' | 'replies'>): readonly BackupPart[] {
  return [roomsPart(rooms, () => people.ownGroups.peek()), repliesPart(replies), settingsPart()]
}
