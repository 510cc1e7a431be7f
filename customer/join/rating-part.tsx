import { RatingCard } from '../../components/customer/rating-card.tsx'
import { refusalSentence } from '../../components/ui/refusal.ts'
import { m } from '../../paraglide/messages.js'
import type { Refusal } from '../../protocol/errors.ts'
import type { Join } from './join.ts'

type Props = { join: Join; organisation: string; technician: string | undefined }

/** How it was, asked when a session is over. */
export function RatingPart({ join: { rating }, organisation, technician }: Props) {
  const state = rating.state.value
  return (
    <RatingCard
      {...{ organisation, technician }}
      score={state.kind === 'asking' ? undefined : state.score}
      sent={state.kind === 'asking' ? '' : state.text}
      stage={state.kind}
      problem={state.kind === 'failed' ? problemSentence(state.refusal) : undefined}
      worded={rating.worded()}
      onAnswer={rating.answer}
    />
  )
}

function problemSentence(refusal: Refusal): string {
  switch (refusal.code) {
    case 'unavailable':
      return m.rating_unreachable()
    case 'too-many':
      return refusalSentence(refusal)
    default:
      return m.rating_refused()
  }
}
