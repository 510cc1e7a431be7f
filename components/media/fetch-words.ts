import type { FetchFailure } from '../../desk/media/lending/fetch-state.ts'
import type { Whereabouts } from '../../desk/media/lending/whereabouts.ts'
import { m } from '../../paraglide/messages.js'

/** Whose browser has it: a colleague's by name, or another one of one's own. */
export type Holder = { own: boolean; name: string }

export function holderWords({ own, name }: Holder): string {
  return own ? m.media_other_browser() : m.media_elsewhere({ name })
}

/** Whether it can be fetched from there now, and what to do where it can not. */
export function placeSentence(place: Whereabouts | undefined, { own, name }: Holder): string {
  switch (place?.kind) {
    case undefined:
    case 'asking':
      return m.media_place_asking()
    case 'open':
      return m.media_place_open()
    case 'stored':
      return m.media_place_stored()
    case 'away':
      return own ? m.media_place_away_own() : m.media_place_away({ name })
    case 'missing':
      return own ? m.media_place_missing_own() : m.media_place_missing({ name })
  }
}

/** @param what `Image 3` */
export function failureSentence(why: FetchFailure, what: string, { own, name }: Holder): string {
  switch (why) {
    case 'gone':
      return own ? m.media_place_missing_own() : m.media_place_missing({ name })
    case 'deleted':
      return own ? m.media_fetch_deleted_own({ what }) : m.media_fetch_deleted({ what, name })
    case 'damaged':
      return m.media_fetch_damaged({ what })
    case 'tampered':
      return m.media_fetch_tampered({ what })
    case 'full':
      return m.media_fetch_full({ what })
    case 'failed':
      return m.media_fetch_failed({ what })
  }
}
