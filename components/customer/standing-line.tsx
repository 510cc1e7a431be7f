import { m } from '../../paraglide/messages.js'
import { waitWords } from '../ui/refusal.ts'

/** How many of the same group came before, and how long it mostly takes (ms; null: not known). `answered`: it is one's turn. */
export type Standing = { kind: 'waiting'; ahead: number; typicalMs: number | null } | { kind: 'answered' }

/** The place in the line, and the usual wait. */
export function StandingLine({ standing }: { standing: Standing | undefined }) {
  if (standing?.kind !== 'waiting') return null
  const { ahead, typicalMs } = standing
  return (
    <p>
      {ahead === 0 ? m.customer_standing_next() : m.customer_standing_ahead({ count: ahead })}
      {typicalMs !== null && ` ${m.customer_standing_typical({ wait: waitWords(typicalMs) })}`}
    </p>
  )
}
