import { useEffect, useState } from 'preact/hooks'
import type { KeptReply } from '../../desk/replies/replies.ts'
import { m } from '../../paraglide/messages.js'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useNames } from './names.ts'
import { ReplyForm } from './reply-form.tsx'
import { placeName } from './reply-place.ts'

const NEW = 'reply-new'
const editId = (id: string) => `reply-edit-${id}`

type Step =
  /** `back`: which one somebody comes back from, to go on there. */
  | { kind: 'list'; back?: string | undefined }
  | { kind: 'new' }
  | { kind: 'edit'; reply: KeptReply }
  | { kind: 'delete'; reply: KeptReply }

/** Makes, changes and deletes canned replies. */
export function RepliesDialog({ onClose }: { onClose: () => void }) {
  const { replies } = useWorkplace().desk
  const names = useNames()
  const [step, go] = useState<Step>({ kind: 'list' })
  const back = step.kind === 'edit' || step.kind === 'delete' ? step.reply.id : undefined
  const toList = () => go({ kind: 'list', back })
  useEffect(() => {
    if (step.kind !== 'list' || !('back' in step)) return
    const before = step.back === undefined ? null : document.getElementById(editId(step.back))
    ;(before ?? document.getElementById(NEW))?.focus()
  }, [step])
  if (step.kind === 'new' || step.kind === 'edit') {
    return (
      <Dialog title={step.kind === 'new' ? m.replies_new() : m.replies_edit()} onClose={toList}>
        <ReplyForm reply={step.kind === 'edit' ? step.reply : undefined} onDone={toList} />
      </Dialog>
    )
  }
  if (step.kind === 'delete') {
    return (
      <Dialog title={m.replies_delete_title({ title: step.reply.title })} onClose={toList}>
        <p>{step.reply.place.kind === 'own' ? m.replies_delete_own() : m.replies_delete_group()}</p>
        <div class="dialog-actions">
          <Button onClick={toList}>{m.desk_cancel()}</Button>
          <Button
            kind="stop"
            onClick={() => {
              replies.remove(step.reply)
              announce(m.people_done())
              toList()
            }}
          >
            {m.replies_delete()}
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={m.replies_label()} onClose={onClose} wide>
      <p class="field-hint">{m.replies_where()}</p>
      {replies.all.value.length === 0 && <p>{m.replies_none()}</p>}
      <ul class="replies-kept">
        {replies.all.value.map((reply) => (
          <li key={reply.id}>
            <span>
              <strong>{reply.title}</strong> <span class="replies-place">{placeName(reply.place, names)}</span>
              <span class="replies-text">{reply.text}</span>
            </span>
            <Button
              id={editId(reply.id)}
              aria-label={m.replies_edit_of({ title: reply.title })}
              onClick={() => go({ kind: 'edit', reply })}
            >
              {m.queue_edit()}
            </Button>
            <Button
              aria-label={m.replies_delete_of({ title: reply.title })}
              onClick={() => go({ kind: 'delete', reply })}
            >
              {m.replies_delete()}
            </Button>
          </li>
        ))}
      </ul>
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_close()}</Button>
        <Button kind="primary" id={NEW} onClick={() => go({ kind: 'new' })}>
          {m.replies_new()}
        </Button>
      </div>
    </Dialog>
  )
}
