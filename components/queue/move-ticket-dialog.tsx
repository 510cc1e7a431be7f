import { useEffect, useState } from 'preact/hooks'
import type { MoveTo } from '../../desk/queue/tickets.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupsReply } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { SelectField } from '../ui/select-field.tsx'
import type { DeedProps } from './assign-dialog.tsx'
import { DeedDialog, whomOf } from './deed-dialog.tsx'
import { problemWords } from './problem-words.ts'

type Groups = { kind: 'asking' } | { kind: 'known'; groups: GroupsReply['groups'] } | { kind: 'problem'; words: string }

/** Moves tickets into another group's queue, also one that one is not in. */
export function MoveTicketDialog({ entries, onDone, onClose }: DeedProps) {
  const { desk } = useWorkplace()
  const [known, setKnown] = useState<Groups>({ kind: 'asking' })
  const [to, setTo] = useState<MoveTo>()
  const [note, setNote] = useState('')
  useEffect(() => {
    const life = new AbortController()
    desk.ticketRoutes.groups(life.signal).then(
      ({ groups }) => setKnown({ kind: 'known', groups }),
      (cause: unknown) => {
        if (!life.signal.aborted) setKnown({ kind: 'problem', words: problemWords(cause) })
      },
    )
    return () => life.abort()
  }, [desk])
  const from = new Set(entries.map(({ header }) => header.group))
  const groups = known.kind === 'known' ? known.groups.filter(({ id }) => from.size > 1 || !from.has(id)) : []

  return (
    <DeedDialog
      title={m.queue_move_title({ who: whomOf(entries) })}
      name={m.queue_move()}
      entries={to ? entries.filter(({ header }) => header.group !== to.id) : entries}
      disabled={!to}
      ask={({ header }, signal) => {
        if (!to) throw new Error('nothing is moved before there is a group to move to')
        return desk.tickets.move(header.id, to, note.trim(), signal)
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {known.kind === 'problem' && <Notice tone="stop" title={known.words} />}
      {known.kind === 'known' && groups.length === 0 && <Notice tone="info" title={m.queue_move_nowhere()} />}
      <SelectField
        label={m.queue_move_to()}
        value={to?.id ?? ''}
        options={[
          { value: '', name: known.kind === 'asking' ? m.queue_move_asking() : m.queue_move_choose() },
          ...groups.map(({ id, name, publicKey }) => ({
            value: id,
            name: publicKey ? name : m.queue_move_keyless({ name }),
            disabled: !publicKey,
          })),
        ]}
        onValue={(chosen) => setTo(groups.find(({ id }) => id === chosen))}
        hint={m.queue_move_hint()}
      />
      <Field
        label={m.queue_hand_over()}
        hint={m.queue_hand_over_hint()}
        value={note}
        onValue={setNote}
        type="multiline"
        maxLength={2000}
      />
    </DeedDialog>
  )
}
