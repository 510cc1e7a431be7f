import { m } from '../../paraglide/messages.js'
import type { Standing } from '../../protocol/socket.ts'
import { waitWords } from '../ui/refusal.ts'

/** The place in the line, and the usual wait. */
export function StandingLine({ standing }: { standing: Standing | undefined }) {
  if (standing?.type !== 'standing') return null
  const { ahead, typicalMs } = standing
  return (
    <p>
      {ahead === 0 ? m.customer_standing_next() : m.customer_standing_ahead({ count: ahead })}
      {typicalMs !== null && ` ${m.customer_standing_typical({ wait: waitWords(typicalMs) })}`}
    </p>
  )
}
