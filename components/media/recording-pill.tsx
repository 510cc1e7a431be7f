import { Pause, Play, Square } from 'lucide-preact'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { bytesWords } from '../ui/bytes.ts'
import { elapsedWords } from '../ui/elapsed.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Pill } from '../ui/pill.tsx'

/** Always in sight while a session is recorded, or its customer is asked: how long, and how large. */
export function RecordingPill({ ticket, name }: { ticket: TicketId; name: string }) {
  const { recordings } = useWorkplace().desk
  const state = recordings.states.value.get(ticket)
  useShortcuts({
    ...(state?.kind === 'running' && { P: () => recordings.pause(ticket) }),
    ...(state?.kind === 'paused' && { P: () => recordings.resume(ticket) }),
  })
  switch (state?.kind) {
    case undefined:
      return null
    case 'asked':
      return <Pill tone="waiting">{m.media_asked({ name })}</Pill>
    case 'finishing':
      return <Pill tone="info">{m.media_finishing()}</Pill>
    case 'running':
    case 'paused': {
      const { ms, bytes } = state.progress.value
      const figures = `${elapsedWords(ms)} · ${bytesWords(bytes)}`
      return (
        <span class="recording-now">
          <Pill tone="stop" shape={state.kind === 'running' ? 'dot' : 'square'}>
            <span class="figures">
              {state.kind === 'running' ? m.media_recording({ figures }) : m.media_paused({ figures })}
            </span>
          </Pill>
          {/* Here also when there is no picture, and so no tools. */}
          {state.kind === 'running' ? (
            <IconButton label={m.media_pause()} shortcut="Shift+P" onClick={() => recordings.pause(ticket)}>
              <Pause aria-hidden="true" />
            </IconButton>
          ) : (
            <IconButton label={m.media_resume()} shortcut="Shift+P" onClick={() => recordings.resume(ticket)}>
              <Play aria-hidden="true" />
            </IconButton>
          )}
          <IconButton label={m.media_stop()} onClick={() => recordings.stop(ticket)}>
            <Square aria-hidden="true" />
          </IconButton>
        </span>
      )
    }
  }
}
