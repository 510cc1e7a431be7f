import { useState } from 'preact/hooks'
import type { KeptReply, ReplyPlace } from '../../desk/replies/replies.ts'
import { MAX_REPLIES, MAX_REPLY_TITLE } from '../../desk/replies/reply.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import { MAX_CHAT_TEXT } from '../../protocol/limits.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { focusFirstError } from '../ui/submission.ts'
import { useNames } from './names.ts'

const OWN = 'own'

/** One canned reply: its title, its text and whose it is. */
export function ReplyForm({ reply, onDone }: { reply: KeptReply | undefined; onDone: () => void }) {
  const { replies, rooms } = useWorkplace().desk
  const names = useNames()
  const [title, setTitle] = useState(reply?.title ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [place, setPlace] = useState<ReplyPlace>(reply?.place ?? { kind: 'own' })
  const [tried, setTried] = useState(false)
  const titleError = title.trim() ? undefined : m.replies_no_title()
  const over = text.length - MAX_CHAT_TEXT
  const textError = !text.trim() ? m.replies_no_text() : over > 0 ? m.chat_too_long({ count: over }) : undefined
  const groups = [...rooms.queues.value.keys()]
  const [full, setFull] = useState(false)
  const now = reply && replies.all.value.find(({ id }) => id === reply.id)
  const overtaken = now && (now.title !== reply.title || now.text !== reply.text)

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (titleError || textError) return focusFirstError(event.currentTarget)
        if (!replies.keep({ title: title.trim(), text: text.trim() }, place, reply)) return setFull(true)
        announce(m.people_done())
        onDone()
      }}
    >
      <Field
        label={m.replies_title()}
        value={title}
        onValue={setTitle}
        maxLength={MAX_REPLY_TITLE}
        error={tried ? titleError : undefined}
        autoFocus
      />
      <Field
        label={m.replies_text()}
        hint={m.replies_text_hint()}
        value={text}
        onValue={setText}
        type="multiline"
        error={tried || over > 0 ? textError : undefined}
      />
      <SelectField
        label={m.replies_whose()}
        value={place.kind === 'own' ? OWN : (place.group as string)}
        options={[
          { value: OWN, name: m.replies_own() },
          ...groups.map((group) => ({ value: group as string, name: names.group(group) })),
        ]}
        onValue={(chosen) => setPlace(chosen === OWN ? { kind: 'own' } : { kind: 'group', group: chosen as GroupId })}
        hint={m.replies_where()}
      />
      {overtaken && (
        <Notice tone="waiting" title={m.replies_overtaken()}>
          {m.replies_overtaken_text()}
        </Notice>
      )}
      {reply && !now && (
        <Notice tone="waiting" title={m.replies_gone()}>
          {m.replies_gone_text()}
        </Notice>
      )}
      {full && (
        <Notice tone="stop" title={m.replies_full({ count: MAX_REPLIES })}>
          {m.replies_full_text()}
        </Notice>
      )}
      <div class="dialog-actions">
        <Button onClick={onDone}>{m.desk_cancel()}</Button>
        <Button kind="primary" type="submit">
          {m.replies_save()}
        </Button>
      </div>
    </form>
  )
}
