import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import type { DeedProps } from './assign-dialog.tsx'
import { DeedDialog, whomOf } from './deed-dialog.tsx'

/** Kills a code for good, after it was confirmed. */
export function WithdrawDialog({ entries, onDone, onClose }: DeedProps) {
  const { tickets, sessions } = useWorkplace().desk
  const live = entries.some(({ header }) => sessions.of(header.id)?.state.value.kind === 'live')
  return (
    <DeedDialog
      title={m.queue_withdraw_title({ name: whomOf(entries) })}
      name={m.queue_withdraw()}
      entries={entries}
      ask={({ header }, signal) => {
        sessions.of(header.id)?.end()
        return tickets.expire(header.id, 'withdrawn', signal)
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{live ? m.queue_withdraw_live() : m.queue_withdraw_text()}</p>
    </DeedDialog>
  )
}
