import { Circle, Square } from 'lucide-preact'
import type { RecordingState } from '../../desk/media/recording-state.ts'
import type { TicketConsents } from '../../desk/session/consents.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useAskAgain } from '../session/ask-again.ts'
import { Button } from '../ui/button.tsx'

/** Begins and ends the recording of a session. Beginning asks the customer first. */
export function RecordButton({ ticket, consents }: { ticket: TicketId; consents: Pick<TicketConsents, 'again'> }) {
  const { recordings } = useWorkplace().desk
  const state = recordings.states.value.get(ticket)
  const wait = useAskAgain(consents, 'recording')
  const act = actOf(state, wait === undefined)
  useShortcuts({ r: () => press() })

  function press() {
    if (act === 'ask') recordings.ask(ticket, m.media_no_picture())
    if (act === 'withdraw') recordings.withdraw(ticket)
    if (act === 'stop') recordings.stop(ticket)
  }

  return (
    <Button
      kind="quiet"
      shortcut="r"
      title={state ? wordsOf(state) : (wait ?? wordsOf(state))}
      aria-disabled={act === undefined}
      onClick={press}
    >
      {act === 'stop' ? <Square aria-hidden="true" /> : <Circle aria-hidden="true" class="record-mark" />}
      <span class="tool-words">{wordsOf(state)}</span>
    </Button>
  )
}

function actOf(state: RecordingState | undefined, mayAsk: boolean): 'ask' | 'withdraw' | 'stop' | undefined {
  if (!state) return mayAsk ? 'ask' : undefined
  if (state.kind === 'asked') return 'withdraw'
  return state.kind === 'finishing' ? undefined : 'stop'
}

function wordsOf(state: RecordingState | undefined): string {
  switch (state?.kind) {
    case undefined:
      return m.media_record()
    case 'asked':
      return m.media_withdraw()
    case 'running':
    case 'paused':
      return m.media_stop()
    case 'finishing':
      return m.media_finishing()
  }
}
