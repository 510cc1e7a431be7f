import './permissions-card.css'
import { m } from '../../paraglide/messages.js'
import type { FolderNode } from '../../peer/folder/folder-node.ts'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import { Button } from '../ui/button.tsx'
import { FolderChoice } from './folder-choice.tsx'
import { questionOf } from './oldest-question.ts'
import { askSentence, meaningSentence } from './permission-words.ts'

type Props = {
  consents: readonly Consent[]
  onAnswer: (id: ConsentId, granted: boolean) => void
  /** The yes to a question for a folder is the folder. */
  onFolder: (id: ConsentId, folder: FolderNode) => void
}

/**
 * One question at a time: who asks, for what, what it means. It is announced, and takes the focus from nobody who types. The screen is
 * asked for beside its own button.
 */
export function PermissionQuestion({ consents, onAnswer, onFolder }: Props) {
  const question = questionOf(consents)
  const shown = question?.what === 'screen' ? undefined : question
  return (
    <>
      <p class="unseen" role="status">
        {shown && askSentence(shown)}
      </p>
      {shown && (
        <section key={shown.id} class="card permission-question" aria-labelledby={`ask-${shown.id}`}>
          <h2 id={`ask-${shown.id}`}>{askSentence(shown)}</h2>
          {shown.detail && <p class="permission-detail">{shown.detail}</p>}
          <p>{meaningSentence(shown)}</p>
          <div class="card-actions">
            {shown.what === 'folder' ? (
              <FolderChoice onFolder={(folder) => onFolder(shown.id, folder)} />
            ) : (
              <Button kind="primary" onClick={() => onAnswer(shown.id, true)}>
                {m.consent_allow()}
              </Button>
            )}
            <Button onClick={() => onAnswer(shown.id, false)}>{m.consent_refuse()}</Button>
          </div>
        </section>
      )}
    </>
  )
}
