import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import type { DeedProps } from './assign-dialog.tsx'
import { DeedDialog, whomOf } from './deed-dialog.tsx'

/** Resolves tickets, after it was confirmed: their codes stop working, and they go to the resolved ones. */
export function ResolveDialog({ entries, onDone, onClose }: DeedProps) {
  const { tickets, sessions } = useWorkplace().desk
  const live = entries.filter(({ header }) => sessions.of(header.id)?.state.value.kind === 'live').length
  return (
    <DeedDialog
      title={m.queue_resolve_title({ who: whomOf(entries) })}
      name={m.queue_resolve()}
      entries={entries}
      ask={async ({ header }, signal) => {
        const changed = await tickets.resolve(header.id, signal)
        if (changed.kind === 'done') sessions.of(header.id)?.end()
        return changed
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{m.queue_resolve_text()}</p>
      {live > 0 && <p>{m.queue_resolve_live()}</p>}
    </DeedDialog>
  )
}
