import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayAssign } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { sessionDeed } from './session-deed.tsx'

/** Gives the live session to a colleague, with a note. */
export function HandOverButton({ entry }: { entry: QueueEntry }) {
  const { people } = useWorkplace().desk
  if (!mayAssign(entry.header, people.looker.value)) return null
  return (
    <Button
      onClick={() => {
        sessionDeed.value = { deed: 'assign', entry }
      }}
    >
      {m.consent_hand_over()}
    </Button>
  )
}
