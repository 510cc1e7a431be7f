import type { Desk } from '../desk.ts'
import type { BackupPart } from './parts.ts'
import { roomsPart } from './rooms-part.ts'
import { settingsPart } from './settings-part.ts'

/** All that a backup of a technician's local data holds. */
export function backupParts({ rooms, people }: Pick<Desk, 'rooms' | 'people'>): readonly BackupPart[] {
  return [roomsPart(rooms, () => people.ownGroups.peek()), settingsPart()]
}
