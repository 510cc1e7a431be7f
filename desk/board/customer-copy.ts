import * as Y from 'yjs'
import { type Board, itemsOf } from '../../peer/board/board.ts'
import { type Item, type ItemId, isItemId } from '../../peer/board/item.ts'
import { decodeItem } from '../../peer/board/item-bytes.ts'
import { MAX_BOARD_ITEMS } from '../../protocol/limits.ts'

/** Whoever draws for a day changes less. */
const MAX_CHANGES = 5 * MAX_BOARD_ITEMS

/** The board as one customer's page has it: a document of its own, which goes with this desk. */
export type CustomerCopy = {
  readonly document: Y.Doc
  /** Marks what came from the customer's page. */
  readonly origin: object
}

type Parts = {
  /** The team's document, and the board that reads it. */
  kept: Y.Doc
  board: Board
  mayDraw(): boolean
  /** The page did what no page of ours does. */
  onHostile(why: string): void
  signal: AbortSignal
}

/**
 * Keeps a copy for the customer's page. What is on the team's board goes over; of what the page says only items come back, one by one,
 * and only while it may draw. The rest is put in the copy as it was, so that both sides see the same again.
 */
export function customerCopy({ kept, board, mayDraw, onHostile, signal }: Parts): CustomerCopy {
  const document = new Y.Doc()
  const team = itemsOf(kept)
  const copy = itemsOf(document)
  const origin = {}
  let changes = 0
  copyOver([...board.items.keys()])
  board.onChange(({ added, removed }) => copyOver([...added, ...removed]), signal)
  copy.observe(heard)
  // A page of ours writes into one map, and nothing else.
  document.on('afterTransaction', () => document.share.size > 1 && onHostile('more in the document than drawings'))
  signal.addEventListener('abort', () => document.destroy(), { once: true })
  return { document, origin }

  function copyOver(ids: readonly ItemId[]) {
    document.transact(() => {
      for (const id of ids) putBack(id)
    })
  }

  /** The copy's item becomes the team's. */
  function putBack(key: string) {
    const value = isItemId(key) && board.items.has(key) ? team.get(key) : undefined
    if (value === undefined) copy.delete(key)
    else if (!isSame(copy.get(key), value)) copy.set(key, value)
  }

  function heard({ keysChanged }: Y.YMapEvent<unknown>, transaction: Y.Transaction) {
    if (transaction.origin !== origin) return
    // A list has no keys.
    const keys = [...keysChanged].filter((key): key is string => typeof key === 'string')
    changes += keys.length
    if (keys.length < keysChanged.size || changes > MAX_CHANGES) onHostile('more on the board than drawings')
    kept.transact(() => {
      for (const key of keys) if (mayDraw()) take(key)
    }, origin)
    document.transact(() => {
      for (const key of keys) putBack(key)
    })
  }

  function take(key: string) {
    if (!isItemId(key)) return
    const value = copy.get(key)
    if (value === undefined) team.delete(key)
    else if (value instanceof Uint8Array && !team.has(key) && mayCome(decodeItem(value), value.length, board)) {
      team.set(key, value)
    }
  }
}

/** Whether a customer may put this on the board: it is theirs, there is room, and it does not lie above all that is drawn later. */
export function mayCome(item: Item | undefined, bytes: number, board: Pick<Board, 'top' | 'hasRoom'>): boolean {
  if (item?.by.role !== 'customer' || item.by.name !== '') return false
  return item.order <= board.top + MAX_BOARD_ITEMS && board.hasRoom(bytes)
}

function isSame(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false
  return a.every((byte, at) => byte === b[at])
}
