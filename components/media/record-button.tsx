import { Circle, Square } from 'lucide-preact'
import type { RecordingState } from '../../desk/media/recording-state.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { Button } from '../ui/button.tsx'

/** Begins and ends the recording of a session. Beginning asks the customer first. */
export function RecordButton({ ticket }: { ticket: TicketId }) {
  const { recordings } = useWorkplace().desk
  const state = recordings.states.value.get(ticket)
  const act = actOf(state)
  useShortcuts({ r: () => press() })

  function press() {
    if (act === 'ask') recordings.ask(ticket, m.media_no_picture())
    if (act === 'withdraw') recordings.withdraw(ticket)
    if (act === 'stop') recordings.stop(ticket)
  }

  return (
    <Button kind="quiet" shortcut="r" title={wordsOf(state)} aria-disabled={act === undefined} onClick={press}>
      {act === 'stop' ? <Square aria-hidden="true" /> : <Circle aria-hidden="true" class="record-mark" />}
      <span class="tool-words">{wordsOf(state)}</span>
    </Button>
  )
}

function actOf(state: RecordingState | undefined): 'ask' | 'withdraw' | 'stop' | undefined {
  if (!state) return 'ask'
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
