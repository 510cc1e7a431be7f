import type { FolderLine } from '../../desk/session/folder-tree.ts'
import { m } from '../../paraglide/messages.js'
import type { FolderFault } from '../../protocol/folder.ts'
import type { Time } from '../../protocol/ids.ts'
import { formatLocale } from '../ui/locale.ts'

/** Why nothing was listed, or fetched. */
export function faultSentence(why: FolderFault): string {
  switch (why) {
    case 'not-shared':
      return m.folder_not_shared()
    case 'unreadable':
      return m.folder_unreadable()
    case 'empty':
      return m.folder_fetch_empty()
    case 'not-allowed':
      return m.folder_not_allowed()
    case 'too-many':
      return m.folder_too_many()
  }
}

/** What stands under an opened folder in place of entries. */
export function noteSentence(note: Extract<FolderLine, { kind: 'note' }>['note']): string {
  switch (note) {
    case 'coming':
      return m.folder_coming()
    case 'empty':
      return m.folder_empty()
    case 'cut':
      return m.folder_cut()
    default:
      return faultSentence(note)
  }
}

/** `Feb 3, 2020, 10:00 AM`: files may be old. */
export function dateWords(at: Time): string {
  return new Date(at).toLocaleString(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' })
}
