import type { Connection } from '../../desk/wire.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/clock.ts'
import { formatLocale } from '../ui/locale.ts'
import { Notice } from '../ui/notice.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import { useWorkplace } from './context.ts'

/** A socket that comes back within this time is nobody's business, in ms. */
const PATIENCE_MS = 2000

/** Says that the server is not reached: since when, what still works, and a way to try at once. */
export function ConnectionBanner() {
  const { wire } = useWorkplace().desk
  const connection = wire.connection.value
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
      {words(connection)}
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

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(formatLocale(), { hour: '2-digit', minute: '2-digit' })
}
