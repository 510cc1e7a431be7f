import { BackupError, type Counts, MAX_BACKUP } from '../../desk/backup/backup.ts'
import { isDiskFull } from '../../desk/storage/disk.ts'
import { m } from '../../paraglide/messages.js'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'

/** `2 queues, 34 tickets with chat or notes and settings` */
export function countWords(counts: Counts): string {
  const words: string[] = []
  if (counts.queue > 0)
    words.push(counts.queue === 1 ? m.backup_count_queue() : m.backup_count_queues({ count: counts.queue }))
  if (counts.case > 0)
    words.push(counts.case === 1 ? m.backup_count_case() : m.backup_count_cases({ count: counts.case }))
  if (counts.reply > 0)
    words.push(counts.reply === 1 ? m.backup_count_reply() : m.backup_count_replies({ count: counts.reply }))
  if (counts.settings > 0) words.push(m.backup_count_settings())
  if (words.length === 0) return m.backup_count_nothing()
  return new Intl.ListFormat(formatLocale()).format(words)
}

/** Why a file was not written or read: what happened, what was kept, what to do. */
export function backupProblemWords(cause: unknown): string {
  if (!(cause instanceof BackupError)) return isDiskFull(cause) ? m.backup_problem_full() : m.backup_problem_read()
  switch (cause.why) {
    case 'not-a-backup':
      return m.backup_problem_not_a_backup()
    case 'wrong-password':
      return m.backup_problem_wrong_password()
    case 'damaged':
      return m.backup_problem_damaged()
    case 'too-large':
      return m.backup_problem_too_large({ limit: bytesWords(MAX_BACKUP) })
    case 'another-account':
      return m.backup_problem_another_account({ owner: cause.owner })
  }
}
