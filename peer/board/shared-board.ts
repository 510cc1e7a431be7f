import type * as Y from 'yjs'
import type { Board } from './board.ts'
import type { Author } from './item.ts'
import type { LiveDrawings } from './live-drawings.ts'
import type { OwnDrawings } from './own-drawings.ts'

/** A board that two sides have before them, as one of them draws on it. */
export type SharedBoard = {
  readonly document: Y.Doc
  readonly board: Board
  readonly me: Author
  /** What the other side draws just now. */
  readonly theirs: LiveDrawings
  /** What is drawn here just now. */
  readonly mine: OwnDrawings
}
