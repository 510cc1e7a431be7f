import './reply-picker.css'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { KeptReply } from '../../desk/replies/replies.ts'
import { fillIn } from '../../desk/replies/reply.ts'
import { search } from '../../desk/search.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { useNames } from './names.ts'
import { RepliesDialog } from './replies-dialog.tsx'
import { placeName } from './reply-place.ts'

type Props = {
  /** Empty where the name is not known. */
  customer: string
  /** Of the ticket: its replies are offered, besides one's own. */
  group: GroupId
  /** After a `/`, what finds nothing is a line that begins so, and is left as it was typed. */
  by: 'slash' | 'button'
  onClose: (text?: string) => void
}

/** Canned replies by keyboard: type to find, arrows to choose, Enter to insert, Escape to leave. */
export function ReplyPicker({ customer, group, by, onClose }: Props) {
  const { replies } = useWorkplace().desk
  const technician = useMe().name
  const names = useNames()
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const [managing, manage] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const all = replies.all.value.filter(({ place }) => place.kind === 'own' || place.group === group)
  const found = search(all, wanted, ({ title, text }) => `${title}\n${text}`)
  const current = found[Math.min(at, found.length - 1)]
  useLayoutEffect(() => field.current?.focus(), [])

  const filled = ({ text }: KeptReply) => fillIn(text, { customer, technician })
  const asTyped = by === 'slash' ? `/${wanted}` : undefined

  function pressed(event: KeyboardEvent) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && current) onClose(filled(current))
    else if (event.key === 'Enter' && asTyped !== undefined) onClose(asTyped)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** From anywhere in it. */
  function leave(event: KeyboardEvent) {
    if (event.key !== 'Escape' || managing) return
    event.preventDefault()
    event.stopPropagation()
    onClose(asTyped)
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
      <p class={found.length === 0 ? 'field-hint' : 'unseen'} role="status">
        {statusWords(all.length, found.length, wanted, asTyped)}
      </p>
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

function statusWords(all: number, found: number, wanted: string, asTyped: string | undefined): string {
  if (all === 0) return m.replies_none()
  if (found > 0) return m.replies_found({ count: found })
  if (asTyped === undefined) return m.replies_nothing({ search: wanted })
  return `${m.replies_nothing({ search: wanted })} ${m.replies_as_typed({ text: asTyped })}`
}
