import type { FileRules } from '../../protocol/file-rules.ts'
import type { FileAbout } from '../../protocol/files.ts'
import { MAX_TRANSFER_BYTES } from '../../protocol/limits.ts'
import { cleanPath } from './clean-name.ts'

/** Why one file is not exchanged. */
export type FileLimit = 'too-large' | 'not-allowed'

/** What one side may send, and take. */
export type FileLimits = {
  /** Of one transfer, in all. */
  bytes: number
  refuses(file: Pick<FileAbout, 'path' | 'size'>): FileLimit | undefined
  /** The rule behind it, for the other side's person. */
  ruleOf(limit: FileLimit): FileRules
}

/** The help desk's rules as they are at each moment. */
export function limitsOf(rules: () => FileRules): FileLimits {
  return {
    bytes: MAX_TRANSFER_BYTES,
    refuses({ path, size }) {
      const { largest, refused } = rules()
      if (largest !== null && size > largest) return 'too-large'
      return refused.includes(typeOf(path)) ? 'not-allowed' : undefined
    },
    ruleOf(limit) {
      const { largest, refused } = rules()
      return limit === 'too-large' ? { largest, refused: [] } : { largest: null, refused }
    },
  }
}

/** As it will be under its clean name: `setup.EXE.` is an `exe`. */
function typeOf(path: readonly string[]): string {
  const name = cleanPath(path).at(-1) ?? ''
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}
