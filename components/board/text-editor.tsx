import { useEffect, useRef } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { GRID, type Spot } from '../../peer/board/item.ts'
import { MAX_BOARD_TEXT } from '../../protocol/limits.ts'
import type { Drawing } from './drawing.ts'
import { paintOf } from './palette.ts'

type Props = {
  at: Spot
  drawing: Pick<Drawing, 'colour'>
  /** With what was written; an empty text where it was given up. */
  onDone: (text: string) => void
}

/** A text is written where it will stand: Enter or a press elsewhere keeps it, Shift+Enter begins a line, Escape gives it up. */
export function TextEditor({ at, drawing, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const done = useRef(false)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  const { fill, ink } = paintOf(drawing.colour.value)

  function finish(text: string) {
    if (done.current) return
    done.current = true
    onDone(text.trim())
  }

  return (
    <textarea
      ref={field}
      class="board-text"
      style={{
        left: `${(at.x / GRID) * 100}%`,
        top: `${(at.y / GRID) * 100}%`,
        background: fill,
        color: ink,
      }}
      aria-label={m.board_text_label()}
      rows={1}
      maxLength={MAX_BOARD_TEXT}
      onInput={({ currentTarget }) => {
        currentTarget.style.height = 'auto'
        currentTarget.style.height = `${currentTarget.scrollHeight}px`
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.isComposing) return
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault()
          finish(event.currentTarget.value)
        }
        if (event.key === 'Escape') {
          event.preventDefault()
          finish('')
        }
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  )
}
