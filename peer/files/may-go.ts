import type { FileRules } from '../../protocol/file-rules.ts'
import type { FileAbout, FileOffer, FileRefusal } from '../../protocol/files.ts'
import { MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import type { FileLimits } from './limits.ts'

/** Why a whole transfer may not begin; undefined where it may. @param files those that are known */
export function refusalOf(
  limits: FileLimits,
  { count, bytes, folders = 0 }: Pick<FileOffer, 'count' | 'bytes' | 'folders'>,
  files: readonly FileAbout[],
): FileRefusal | undefined {
  if (count + folders > MAX_TRANSFER_FILES) return 'too-many'
  for (const file of files) {
    const limit = limits.refuses(file)
    if (limit) return limit
  }
  return bytes > limits.bytes ? 'too-large' : undefined
}

/** What of the help desk's rules it breaks, for both sides' people. */
export function brokenRule(limits: FileLimits, why: FileRefusal): FileRules | undefined {
  return why === 'too-large' || why === 'not-allowed' ? limits.ruleOf(why) : undefined
}
