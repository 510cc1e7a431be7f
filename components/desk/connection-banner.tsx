import type { Connection } from '../../desk/server/wire.ts'
import { disk } from '../../desk/storage/disk.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/clock.ts'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import { useWorkplace } from './context.ts'

/** A socket that comes back within this time is nobody's business, in ms. */
const PATIENCE_MS = 2000

/** Says that the server is not reached: since when, what still works, what waits to be sent, and a way to try at once. */
export function ConnectionBanner() {
  const { wire, rooms } = useWorkplace().desk
  const connection = wire.connection.value
  const pending = rooms.pending.value
  // Where it is not, the storage's own notice says more.
  const kept = [...disk.unkept.value.values()].every(({ part }) => part !== 'documents')
  const now = useNow(1000, connection.kind === 'open' ? 0 : undefined)
  if (connection.kind === 'open' || now - connection.since < PATIENCE_MS) return null
  // The sign-in that stands in front says it.
  if (connection.kind === 'refused' && connection.refusal.code === 'unauthenticated') return null
  const retry = connection.kind === 'waiting-to-retry'
  return (
    <Notice
      tone="waiting"
      title={m.desk_offline_title({ time: timeOf(connection.since) })}
      actions={retry && <Button onClick={wire.retryNow}>{m.desk_offline_retry()}</Button>}
    >
      <p>{words(connection)}</p>
      {pending.updates > 0 && kept && <p>{pendingWords(pending.tickets.size)}</p>}
    </Notice>
  )
}

function words(connection: Exclude<Connection, { kind: 'open' }>): string {
  switch (connection.kind) {
    case 'refused':
      return refusalSentence(connection.refusal)
    case 'connecting':
      return `${m.desk_offline_text()} ${m.desk_offline_trying()}`
    case 'waiting-to-retry':
      return m.desk_offline_text()
  }
}

/** @param tickets how many of them were changed */
function pendingWords(tickets: number): string {
  if (tickets === 0) return m.desk_pending_other()
  return tickets === 1 ? m.desk_pending_ticket() : m.desk_pending_tickets({ count: tickets })
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(formatLocale(), { hour: '2-digit', minute: '2-digit' })
}
