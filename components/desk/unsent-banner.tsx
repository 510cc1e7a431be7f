import { useEffect, useState } from 'preact/hooks'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { RoomState } from '../../desk/rooms/room-state.ts'
import { m } from '../../paraglide/messages.js'
import { Notice } from '../ui/notice.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import { useWorkplace } from './context.ts'

/** What is on its way for less than this is nobody's business, in ms. */
const PATIENCE_MS = 10_000

/** Says that something does not arrive although the server is reached, and why. */
export function UnsentBanner() {
  const { wire, rooms, tickets, people } = useWorkplace().desk
  const pending = rooms.pending.value
  const stuck = useLasting(wire.connection.value.kind === 'open' && pending.updates > 0)
  if (!stuck) return null
  const looker = people.looker.value
  const closed = [...pending.tickets].some((id) => {
    const header = tickets.find(id)?.header
    return header && !mayOpenCase(header, looker)
  })
  return (
    <Notice tone="waiting" title={titleWords(pending.tickets.size)}>
      {closed ? m.desk_unsent_closed() : hindranceWords(rooms.hindrances.value)}
    </Notice>
  )
}

/** Whether it has been so for a while without a break. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!now) return
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [now])
  return now && lasting
}

function titleWords(tickets: number): string {
  if (tickets === 0) return m.desk_unsent_other()
  return tickets === 1 ? m.desk_unsent_ticket() : m.desk_unsent_tickets({ count: tickets })
}

function hindranceWords(states: readonly RoomState[]): string {
  for (const state of states) {
    if (state.kind === 'refused') return m.desk_unsent_refused({ reason: refusalSentence(state.refusal) })
  }
  return states.some(({ kind }) => kind === 'no-keys') ? m.desk_unsent_keys() : m.desk_unsent_text()
}
