import './files.css'
import { useRef } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/clock.ts'
import { SaveButton } from './save-button.tsx'
import { failureSentence, stateSentence, transferName } from './transfer-words.ts'

type Props = {
  transfer: Transfer
  /** The other person. */
  name: string
  onPause: (paused: boolean) => void
  onCancel: () => void
  /** Hands what came to the browser; absent where nothing waits to be saved. */
  onSave?: (() => Promise<void>) | undefined
}

/** One transfer: what, how far, how fast, how long still; and how it ended. */
export function TransferRow({ transfer, name, onPause, onCancel, onSave }: Props) {
  const { state, bytes } = transfer
  const label = transferName(transfer)
  const speed = useSpeed(state.kind === 'running' ? state.done : 0)
  const pausedHere = state.kind === 'running' && state.paused.includes('here')
  return (
    <li class="transfer">
      <p class="transfer-name">{label}</p>
      {state.kind === 'running' && <progress aria-label={label} value={state.done} max={Math.max(1, bytes)} />}
      <p class="transfer-state" role={isOver(transfer) ? 'status' : undefined}>
        {stateSentence(transfer, name, speed)}
      </p>
      {state.kind === 'done' && state.failed.length > 0 && (
        <ul class="transfer-failed">
          {state.failed.map((failure) => (
            <li key={failure.path.join('/')}>{failureSentence(failure)}</li>
          ))}
        </ul>
      )}
      <div class="transfer-actions">
        {state.kind === 'running' && (
          <Button onClick={() => onPause(!pausedHere)}>{pausedHere ? m.files_go_on() : m.files_pause()}</Button>
        )}
        {(state.kind === 'running' || (state.kind === 'offered' && transfer.direction === 'sending')) && (
          <Button onClick={onCancel}>{m.files_cancel()}</Button>
        )}
        {isOver(transfer) && onSave && <SaveButton onSave={onSave} />}
      </div>
    </li>
  )
}

const SPEED_MS = 3000

/** Bytes each second over the last moments; undefined until there is something to tell. */
function useSpeed(done: number): number | undefined {
  const now = useNow(1000)
  const samples = useRef<{ at: number; done: number }[]>([])
  const list = samples.current
  if (list.at(-1)?.done !== done || now - (list.at(-1)?.at ?? 0) >= 1000) list.push({ at: now, done })
  while (list.length > 2 && now - (list[1]?.at ?? now) > SPEED_MS) list.shift()
  const [first] = list
  const last = list.at(-1)
  if (!first || !last || last.at - first.at < 500) return undefined
  return ((last.done - first.done) * 1000) / (last.at - first.at)
}
