import { m } from '../../paraglide/messages.js'
import type { Transfer, TransferState } from '../../peer/files/transfer.ts'
import type { FileRules } from '../../protocol/file-rules.ts'
import type { FileDone, FileRefusal } from '../../protocol/files.ts'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'
import { rulesSentence } from './rules-words.ts'

/** `driver-400.zip`, or `driver-400.zip and 3 more`: names of the other side are text and nothing else. */
export function transferName({ first, count }: Pick<Transfer, 'first' | 'count'>): string {
  const [file] = first
  const [outer = '', ...inner] = file?.path ?? []
  // A folder, where all that is known of it lies in the same one.
  const folder = inner.length > 0 && first.every(({ path }) => path[0] === outer && path.length > 1)
  if (folder) return m.files_folder_name({ name: outer, count })
  const name = file?.path.at(-1) ?? ''
  return count === 1 ? name : m.files_more({ name, count: count - 1 })
}

/** How it stands, in one sentence. @param speed bytes each second, where it is known. @param name the other person. */
export function stateSentence(transfer: Transfer, name: string, speed: number | undefined): string {
  const { state, bytes, direction } = transfer
  switch (state.kind) {
    case 'offered':
      return direction === 'sending' ? m.files_offered({ name }) : m.files_offered_size({ size: bytesWords(bytes) })
    case 'refused':
      return refusedSentence(state, direction, name)
    case 'running':
      return runningSentence(state, bytes, name, speed)
    case 'cancelled':
      return cancelledSentence(state, name)
    case 'done':
      return doneSentence(state, transfer, name)
  }
}

function runningSentence(
  { done, paused, linked }: Extract<TransferState, { kind: 'running' }>,
  bytes: number,
  name: string,
  speed: number | undefined,
): string {
  const of = m.files_of({ done: bytesWords(done), all: bytesWords(bytes) })
  if (paused.includes('here')) return `${of} · ${m.files_paused_here()}`
  if (paused.includes('there')) return `${of} · ${m.files_paused_there({ name })}`
  if (!linked) return `${of} · ${m.files_reconnecting()}`
  if (!speed) return of
  return `${of} · ${m.files_speed({ speed: bytesWords(speed), left: secondsWords((bytes - done) / speed) })}`
}

/** `12 s`, `3 min`. */
function secondsWords(seconds: number): string {
  const long = seconds >= 90
  return new Intl.NumberFormat(formatLocale(), {
    style: 'unit',
    unit: long ? 'minute' : 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.max(1, Math.round(long ? seconds / 60 : seconds)))
}

/** `rule`: with the limit by name, where it is the help desk's. */
export function refusedSentence(
  { why, rule }: { why: FileRefusal; rule?: FileRules },
  direction: Transfer['direction'],
  name: string,
): string {
  const broken = rule && (why === 'too-large' || why === 'not-allowed') ? rulesSentence(rule, why) : ''
  if (broken) return `${broken} ${m.files_nothing_sent()}`
  switch (why) {
    case 'refused':
      return direction === 'sending' ? m.files_refused_there({ name }) : m.files_refused_here()
    case 'too-large':
      return m.files_too_large()
    case 'not-allowed':
      return m.files_not_allowed()
    case 'no-room':
      return m.files_no_room()
    case 'too-many':
      return m.files_too_many()
  }
}

function cancelledSentence({ by, why }: Extract<TransferState, { kind: 'cancelled' }>, name: string): string {
  switch (why) {
    case 'disk-full':
      return m.files_disk_full()
    case 'failed':
      return m.files_failed()
    case 'revoked':
      return by === 'here' ? m.files_revoked_here() : m.files_revoked({ name })
    case 'gone':
      return m.files_gone({ name })
    case 'hand-over':
      return m.files_hand_over()
    case 'lost':
      return m.files_lost()
    case undefined:
      return by === 'here' ? m.files_cancelled_here() : m.files_cancelled_there({ name })
  }
}

function doneSentence(
  { whole, failed, tookMs }: Extract<TransferState, { kind: 'done' }>,
  { count, bytes, direction }: Transfer,
  name: string,
): string {
  if (failed.length > 0 || whole < count) return m.files_done_partly({ whole, count })
  const time = secondsWords(tookMs / 1000)
  const size = bytesWords(bytes)
  return direction === 'sending' ? m.files_sent({ name, size, time }) : m.files_received({ size, time })
}

export function failureSentence({ path, why }: FileDone['failed'][number]): string {
  const name = path.join(' / ')
  switch (why) {
    case 'changed':
    case 'unreadable':
      return m.files_failed_unreadable({ name })
    case 'damaged':
      return m.files_failed_damaged({ name })
    case 'not-allowed':
      return m.files_failed_not_allowed({ name })
    case 'not-written':
      return m.files_failed_not_written({ name })
  }
}
