import './rating-card.css'
import { Angry, Annoyed, Frown, Laugh, Smile } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { MAX_RATING_WORDS } from '../../protocol/limits.ts'
import { SCORES, type Score } from '../../protocol/score.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { scoreName } from './score-words.ts'

const FACES: Record<Score, typeof Smile> = { 1: Angry, 2: Frown, 3: Annoyed, 4: Smile, 5: Laugh }

type Props = {
  organisation: string
  technician: string | undefined
  /** Undefined until one was tapped. */
  score: Score | undefined
  /** The words that were sent; empty for none. */
  sent: string
  stage: 'asking' | 'sending' | 'kept' | 'failed'
  /** Why it was not kept. */
  problem: string | undefined
  /** Whether there may be words. */
  worded: boolean
  onAnswer: (score: Score, text: string) => void
}

/** One tap says how it was; a line of text may follow. */
export function RatingCard({ organisation, technician, score, sent, stage, problem, worded, onAnswer }: Props) {
  const [text, setText] = useState('')
  const group = useId()
  const trimmed = text.trim()
  const unsent = trimmed !== sent
  return (
    <section class="card" aria-labelledby={`${group}-heading`}>
      <h2 id={`${group}-heading`}>{technician ? m.rating_question({ technician }) : m.rating_question_anonymous()}</h2>
      <fieldset class="rating-faces">
        <legend class="unseen">{m.rating_legend()}</legend>
        {SCORES.map((value) => {
          const Face = FACES[value]
          return (
            <button key={value} type="button" aria-pressed={score === value} onClick={() => onAnswer(value, sent)}>
              <Face size={30} aria-hidden="true" />
              <span>{scoreName(value)}</span>
            </button>
          )
        })}
      </fieldset>
      <p role="status" class="card-quiet">
        {stage === 'kept'
          ? sent
            ? m.rating_kept_words()
            : m.rating_kept()
          : stage === 'sending'
            ? m.rating_sending()
            : ''}
      </p>
      {problem && (
        <p role="alert" class="rating-problem">
          {problem}
        </p>
      )}
      {score !== undefined && worded && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            onAnswer(score, trimmed)
          }}
        >
          <Field
            label={m.rating_words_label()}
            hint={m.rating_words_hint({ organisation })}
            type="multiline"
            value={text}
            onValue={setText}
            maxLength={MAX_RATING_WORDS}
          />
          {unsent && (
            <Button type="submit" aria-disabled={stage === 'sending'}>
              {m.rating_words_send()}
            </Button>
          )}
        </form>
      )}
      {stage === 'failed' && score !== undefined && !unsent && (
        <Button onClick={() => onAnswer(score, sent)}>{m.rating_again()}</Button>
      )}
    </section>
  )
}
