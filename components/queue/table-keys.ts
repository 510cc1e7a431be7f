import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Selection } from '../ui/selection.ts'

type List = {
  shown: readonly QueueEntry[]
  cursor: string | undefined
  selection: Selection<QueueEntry>
  onCursor: (id: string) => void
  onOpen: (id: string, byKeyboard: boolean) => void
}

/** The keys of the list itself; those that work from anywhere in the queue are with its page. */
export function tableKeys(event: KeyboardEvent & { currentTarget: HTMLElement }, list: List) {
  const { shown, cursor, selection, onCursor, onOpen } = list
  if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
    event.preventDefault()
    if (shown.some(({ header }) => !selection.has(header.id))) selection.toggleAll()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return
  // What is in a row is pressed as everywhere else.
  if (event.target !== event.currentTarget && (event.key === 'Enter' || event.key === ' ')) return
  const at = shown.findIndex(({ header }) => header.id === cursor)
  if (event.key === 'Enter' && cursor !== undefined && at >= 0) {
    event.preventDefault()
    return onOpen(cursor, true)
  }
  if (event.key === ' ' && cursor !== undefined) {
    event.preventDefault()
    return selection.toggle(cursor)
  }
  const to = { Home: 0, End: shown.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key]
  const by = event.shiftKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined
  if (to === undefined && by === undefined) return
  event.preventDefault()
  const index = Math.min(shown.length - 1, Math.max(0, to ?? at + (by ?? 0)))
  const next = shown[index]?.header.id
  if (next === undefined) return
  if (by !== undefined && cursor !== undefined) {
    if (!selection.has(cursor)) selection.toggle(cursor)
    selection.extend(next)
  }
  onCursor(next)
}
