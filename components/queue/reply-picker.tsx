import './reply-picker.css'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { KeptReply } from '../../desk/replies/replies.ts'
import { fillIn } from '../../desk/replies/reply.ts'
import { search } from '../../desk/search.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { useNames } from './names.ts'
import { RepliesDialog } from './replies-dialog.tsx'
import { placeName } from './reply-place.ts'

/** Canned replies by keyboard: type to find, arrows to choose, Enter to insert, Escape to leave. */
export function ReplyPicker({ customer, onClose }: { customer: string; onClose: (text?: string) => void }) {
  const { replies, me } = useWorkplace().desk
  const names = useNames()
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const [managing, manage] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const found = search(replies.all.value, wanted, ({ title, text }) => `${title}\n${text}`)
  const current = found[Math.min(at, found.length - 1)]
  useLayoutEffect(() => field.current?.focus(), [])

  const filled = ({ text }: KeptReply) => fillIn(text, { customer, technician: me.name })

  function pressed(event: KeyboardEvent) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && current) onClose(filled(current))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** From anywhere in it. */
  function leave(event: KeyboardEvent) {
    if (event.key !== 'Escape' || managing) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  return (
    <section class="replies" aria-label={m.replies_label()} onKeyDown={leave}>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label={m.replies_find()}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${current.id}`}
        placeholder={m.replies_find()}
        value={wanted}
        onInput={(event) => {
          setWanted(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={pressed}
      />
      {found.length === 0 && (
        <p class="field-hint" role="status">
          {replies.all.value.length === 0 ? m.replies_none() : m.replies_nothing({ search: wanted })}
        </p>
      )}
      <div id={`${id}-list`} class="replies-list" role="listbox" aria-label={m.replies_label()}>
        {found.map((reply) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
          <div
            key={reply.id}
            id={`${id}-${reply.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={reply === current}
            onClick={() => onClose(filled(reply))}
          >
            <strong>{reply.title}</strong> <span class="replies-place">{placeName(reply.place, names)}</span>
            <span class="replies-text">{filled(reply)}</span>
          </div>
        ))}
      </div>
      <div class="replies-foot">
        <Button kind="quiet" onClick={() => manage(true)}>
          {m.replies_manage()}
        </Button>
        <Button kind="quiet" onClick={() => onClose()}>
          {m.desk_close()}
        </Button>
      </div>
      {managing && <RepliesDialog onClose={() => manage(false)} />}
    </section>
  )
}
