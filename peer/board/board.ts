import * as Y from 'yjs'
import type { SurfaceId } from '../../protocol/board.ts'
import { MAX_BOARD_BYTES, MAX_BOARD_ITEMS } from '../../protocol/limits.ts'
import { type Item, type ItemId, isItemId, MAX_ORDER, type Sketch } from './item.ts'
import { decodeItem, encodeItem } from './item-bytes.ts'

/** Where a document keeps its items: by id, each as bytes. */
export const itemsOf = (document: Y.Doc): Y.Map<unknown> => document.getMap<unknown>('items')

/** What came and went at once. `by`: whoever drew here, or others. */
export type BoardChange = { added: readonly ItemId[]; removed: readonly ItemId[]; by: 'me' | 'others' }

/** What is drawn, read from a document. What is no item in it is passed over and left as it is. */
export type BoardItems = {
  readonly items: ReadonlyMap<ItemId, Item>
  onChange(changed: (change: BoardChange) => void, signal: AbortSignal): void
}

/** A board on which somebody draws. */
export type Board = BoardItems & {
  /** @param id under which the stroke was seen while it was drawn. @returns false where the board is full. */
  add(id: ItemId, item: Sketch): boolean
  erase(ids: readonly ItemId[]): void
  /** Erases all that is on a surface, whoever drew it. */
  clear(surface: SurfaceId): void
  /** What comes now is another step of `undo`. */
  newStep(): void
  /** Takes back the last step of whoever draws here; nothing of what others drew. */
  undo(): void
  redo(): void
  /** Whether so many bytes more may come. */
  hasRoom(bytes: number): boolean
  /** The order of what lies on top. */
  readonly top: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** After each of one's own steps. */
  onSteps(changed: () => void, signal: AbortSignal): void
}

/** @param document open as long as the signal lives. */
export function openBoard(document: Y.Doc, signal: AbortSignal): Board {
  const map = itemsOf(document)
  const me = {}
  const changes = new EventTarget()
  const items = new Map<ItemId, Item>()
  let bytes = 0
  const undoing = new Y.UndoManager(map, { trackedOrigins: new Set([me]), captureTimeout: Number.MAX_SAFE_INTEGER })
  const sizes = new Map<ItemId, number>()
  for (const key of map.keys()) read(key)
  map.observe(changed)
  signal.addEventListener('abort', () => {
    map.unobserve(changed)
    undoing.destroy()
  })

  /** @returns what became of the item. */
  function read(key: string): 'added' | 'removed' | 'same' {
    if (!isItemId(key)) return 'same'
    const before = items.get(key)
    bytes -= sizes.get(key) ?? 0
    sizes.delete(key)
    const value = map.get(key)
    const item = value instanceof Uint8Array && items.size < MAX_BOARD_ITEMS ? decodeItem(value) : undefined
    if (item && value instanceof Uint8Array) {
      items.set(key, item)
      sizes.set(key, value.length)
      bytes += value.length
      return 'added'
    }
    return items.delete(key) && before ? 'removed' : 'same'
  }

  function changed(event: Y.YMapEvent<unknown>, { origin }: Y.Transaction) {
    const added: ItemId[] = []
    const removed: ItemId[] = []
    for (const key of event.keysChanged) {
      const id = key as ItemId
      const what = read(key)
      if (what === 'added') added.push(id)
      if (what === 'removed') removed.push(id)
    }
    if (added.length + removed.length === 0) return
    const by = origin === me || origin === undoing ? 'me' : 'others'
    changes.dispatchEvent(new CustomEvent<BoardChange>('change', { detail: { added, removed, by } }))
  }

  function act(deed: () => void) {
    document.transact(deed, me)
    changes.dispatchEvent(new Event('step'))
  }

  function hasRoom(more: number): boolean {
    return items.size < MAX_BOARD_ITEMS && bytes + more <= MAX_BOARD_BYTES
  }

  function top(): number {
    let highest = 0
    for (const { order } of items.values()) highest = Math.max(highest, order)
    return highest
  }

  return {
    items,
    hasRoom,
    get top() {
      return top()
    },
    onChange(hear, until) {
      changes.addEventListener('change', (event) => event instanceof CustomEvent && hear(event.detail), {
        signal: until,
      })
    },
    add(id, item) {
      const value = encodeItem({ ...item, order: Math.min(top() + 1, MAX_ORDER) })
      if (!hasRoom(value.length)) return false
      act(() => map.set(id, value))
      return true
    },
    erase(ids) {
      const there = ids.filter((id) => items.has(id))
      if (there.length === 0) return
      act(() => {
        for (const id of there) map.delete(id)
      })
    },
    clear(surface) {
      this.newStep()
      this.erase([...items].flatMap(([id, item]) => (item.surface === surface ? [id] : [])))
    },
    newStep: () => undoing.stopCapturing(),
    undo() {
      undoing.undo()
      changes.dispatchEvent(new Event('step'))
    },
    redo() {
      undoing.redo()
      changes.dispatchEvent(new Event('step'))
    },
    get canUndo() {
      return undoing.canUndo()
    },
    get canRedo() {
      return undoing.canRedo()
    },
    onSteps: (hear, until) => changes.addEventListener('step', hear, { signal: until }),
  }
}
