import { m } from '../../paraglide/messages.js'
import type { FileRules } from '../../protocol/file-rules.ts'
import { MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import type { Giving, GivingProblem } from './giving.ts'
import { refusedSentence } from './transfer-words.ts'

type Props = {
  giving: Giving
  /** The help desk's. */
  rules: FileRules
  /** The other person. */
  name: string
}

/** How far the reading of what was dropped is, with a way to stop it; or why nothing of it is offered. */
export function GivingState({ giving, rules, name }: Props) {
  const count = giving.reading.value
  const problem = giving.problem.value
  return (
    <>
      {count !== undefined && (
        <div class="transfer">
          <progress aria-label={m.files_reading_label()} />
          <p class="transfer-state">{m.files_reading({ count: numberWords(count) })}</p>
          <div class="transfer-actions">
            <Button onClick={giving.cancel}>{m.files_cancel()}</Button>
          </div>
        </div>
      )}
      {problem && <Problem problem={problem} rules={rules} name={name} />}
    </>
  )
}

function Problem({ problem, rules, name }: { problem: GivingProblem; rules: FileRules; name: string }) {
  switch (problem) {
    case 'empty':
    case 'unreadable':
      return (
        <p class="field-error" role="alert">
          {problem === 'empty' ? m.files_empty_folder() : m.folder_cannot_read()}
        </p>
      )
    case 'endless':
      return (
        <Notice tone="stop" title={m.files_endless({ most: numberWords(MAX_TRANSFER_FILES) })}>
          {m.files_endless_what()}
        </Notice>
      )
    default:
      return <Notice tone="stop" title={refusedSentence({ why: problem, rule: rules }, 'sending', name)} />
  }
}

const numberWords = (count: number) => count.toLocaleString(formatLocale())
