import { m } from '../../paraglide/messages.js'
import type { FileRules } from '../../protocol/file-rules.ts'
import { bytesWords } from '../ui/bytes.ts'

/** What the help desk does not let be exchanged, with the limit by name; nothing where there is none. */
export function rulesSentence({ largest, refused }: FileRules, why: 'too-large' | 'not-allowed' | 'any'): string {
  const size = largest !== null && why !== 'not-allowed' ? [m.files_over_limit({ size: bytesWords(largest) })] : []
  const types = refused.length > 0 && why !== 'too-large' ? [m.files_refused_types({ types: refused.join(', ') })] : []
  return [...size, ...types].join(' ')
}
