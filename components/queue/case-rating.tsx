import './case-rating.css'
import { Star } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { OpenedRating } from '../../desk/case/ratings.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { SCORES } from '../../protocol/score.ts'
import { scoreName } from '../customer/score-words.ts'
import { useWorkplace } from '../desk/context.ts'
import { shortTime } from '../ui/short-time.ts'
import { useNames } from './names.ts'

/** What the customer of a ticket thinks of its sessions; nothing before there was an answer. */
export function CaseRating({ entry: { header } }: { entry: QueueEntry }) {
  const { ratings, keyrings } = useWorkplace().desk
  const [known, setKnown] = useState<readonly OpenedRating[]>([])
  const { id, group } = header
  const news = ratings.news.value?.ticket === id ? ratings.news.value : undefined
  const keyring = keyrings.of(group)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer that came, or a key, is a reason to ask again
  useEffect(() => {
    const life = new AbortController()
    ratings.of({ id, group }, life.signal).then(setKnown, (error: unknown) => {
      // Not reached: it is asked again with the next look at the ticket.
      if (!life.signal.aborted && !(error instanceof RefusedError)) throw error
    })
    return () => life.abort()
  }, [ratings, id, group, news, keyring])

  if (known.length === 0) return null
  return (
    <section class="rating" aria-label={m.rating_of_customer()}>
      {known.map((rating) => (
        <Answer key={rating.session} rating={rating} />
      ))}
    </section>
  )
}

function Answer({ rating: { technician, at, score, words } }: { rating: OpenedRating }) {
  const names = useNames()
  return (
    <div>
      <p>
        <Stars score={score} /> <strong>{scoreName(score)}</strong>{' '}
        <span class="rating-quiet">
          {m.rating_of_session({ technician: names.technician(technician), time: shortTime(at) })}
        </span>
      </p>
      {words !== undefined && (
        <p class={words === null ? 'rating-quiet' : 'rating-words'}>{words ?? m.rating_words_shut()}</p>
      )}
    </div>
  )
}

/** The words beside it say the same. */
function Stars({ score }: { score: number }) {
  return (
    <span class="rating-stars" aria-hidden="true">
      {SCORES.map((step) => (
        <Star key={step} size={14} class={step <= score ? 'rating-star-full' : 'rating-star'} />
      ))}
    </span>
  )
}
