import { CloudDownload } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { Fetching } from '../../desk/media/lending/fetch-state.ts'
import { isThere, type Sought } from '../../desk/media/lending/whereabouts.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useNames } from '../queue/names.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { failureSentence, type Holder, holderWords, placeSentence } from './fetch-words.ts'
import { mediaName } from './media-words.ts'

type Props = { of: Sought; listed: ListedMedia; words: ComponentChildren }

/** One picture or film that another browser has: which, whether it is open now, and a way to fetch it from there. */
export function MediaElsewhere({ of, listed, words }: Props) {
  const { lending } = useWorkplace().desk
  const holder = useHolder(listed)
  const fetching = lending.fetches.states.value.get(listed.id)
  const place = lending.places.value.get(listed.id)
  return (
    <div class="media-card media-elsewhere">
      <span class="media-thumbnail">{holderWords(holder)}</span>
      {words}
      {fetching ? (
        <UnderWay fetching={fetching} holder={holder} />
      ) : (
        <>
          <p class="field-hint">{placeSentence(place, holder)}</p>
          {isThere(place) && (
            <Button
              aria-label={m.media_fetch_of({ what: mediaName(listed) })}
              onClick={() => lending.fetches.begin(of, listed)}
            >
              <CloudDownload aria-hidden="true" />
              {m.media_fetch()}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

function UnderWay({ fetching: { of, listed, state }, holder }: { fetching: Fetching; holder: Holder }) {
  const { fetches } = useWorkplace().desk.lending
  const what = mediaName(listed)
  if (state.kind === 'failed') {
    return (
      <>
        <p class="field-error" role="alert">
          {failureSentence(state.why, what, holder)}
        </p>
        <Button
          aria-label={m.media_fetch_again_of({ what })}
          onClick={() => {
            fetches.end(listed.id)
            fetches.begin(of, listed)
          }}
        >
          {m.media_fetch_again()}
        </Button>
      </>
    )
  }
  const figures = { done: bytesWords(state.done), size: bytesWords(listed.bytes) }
  return (
    <>
      <progress aria-label={m.media_fetch_of({ what })} value={state.done} max={Math.max(1, listed.bytes)} />
      <p class="field-hint figures" role={state.kind === 'waiting' ? 'status' : undefined}>
        {state.kind === 'running' ? m.media_fetch_running(figures) : waitingSentence(holder, figures)}
      </p>
      <Button aria-label={m.media_fetch_cancel_of({ what })} onClick={() => fetches.end(listed.id)}>
        {m.desk_cancel()}
      </Button>
    </>
  )
}

function waitingSentence({ own, name }: Holder, figures: { done: string; size: string }): string {
  return own ? m.media_fetch_waiting_own(figures) : m.media_fetch_waiting({ name, ...figures })
}

/** What was deleted while it was fetched has no place in the list any more, and is said above it. */
export function DeletedMeanwhile({ of, shown }: { of: Sought; shown: readonly ListedMedia[] }) {
  const { lending } = useWorkplace().desk
  const gone = [...lending.fetches.states.value.values()].filter(
    ({ of: other, listed, state }) =>
      other.ticket === of.ticket && state.kind === 'failed' && !shown.some(({ id }) => id === listed.id),
  )
  return gone.map((fetching) => <Deleted key={fetching.listed.id} fetching={fetching} />)
}

function Deleted({ fetching: { listed } }: { fetching: Fetching }) {
  const { lending } = useWorkplace().desk
  const holder = useHolder(listed)
  return (
    <p class="media-deleted" role="alert">
      {failureSentence('deleted', mediaName(listed), holder)}
      <Button onClick={() => lending.fetches.end(listed.id)}>{m.desk_dismiss()}</Button>
    </p>
  )
}

export function useHolder({ by }: Pick<ListedMedia, 'by'>): Holder {
  const { me } = useWorkplace().desk
  const names = useNames()
  return { own: by === me.id, name: names.technician(by) }
}
