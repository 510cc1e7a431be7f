import type { ListedMedia } from '../../case/case-media.ts'
import type { Sought } from './whereabouts.ts'

/** How it stands with an image that is fetched from a colleague's browser. */
export type FetchState =
  /** Bytes come, or are about to. */
  | { kind: 'running'; done: number }
  /** That browser is not open, or the link broke: it goes on by itself from where it is. */
  | { kind: 'waiting'; done: number }
  | { kind: 'failed'; why: FetchFailure }

/** `gone`: it is not in that browser any more. `deleted`: who made it deleted it for everybody. `tampered`: what rests with the server is not what was brought there. `full`: this browser has no room. */
export type FetchFailure = 'gone' | 'deleted' | 'damaged' | 'tampered' | 'full' | 'failed'

export type Fetching = { of: Sought; listed: ListedMedia; state: FetchState }

/** Ends a fetch. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly why: FetchFailure
  constructor(why: FetchFailure) {
    super(why)
    this.why = why
  }
}
