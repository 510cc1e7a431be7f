import { useEffect, useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

type State = { kind: 'idle' } | { kind: 'working'; done: number } | { kind: 'failed'; cause: unknown }

/** Something that takes a while: it shows how far it is, can be cancelled, and is when its dialog goes away. */
export function useLongWork() {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const life = useRef<AbortController>()
  useEffect(() => () => life.current?.abort(), [])

  async function run(work: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<void>) {
    life.current?.abort()
    const own = new AbortController()
    life.current = own
    setState({ kind: 'working', done: 0 })
    try {
      await work(own.signal, (done) => {
        if (!own.signal.aborted) setState({ kind: 'working', done })
      })
      if (!own.signal.aborted) setState({ kind: 'idle' })
    } catch (cause) {
      if (!own.signal.aborted) setState({ kind: 'failed', cause })
    }
  }

  function cancel() {
    life.current?.abort()
    setState({ kind: 'idle' })
  }

  return { state, run, cancel }
}

/** @param done from 0 to 1 */
export function WorkProgress({ label, done, onCancel }: { label: string; done: number; onCancel: () => void }) {
  return (
    <>
      <p role="status">{label}</p>
      <progress class="work-progress" aria-label={label} value={done} max={1} />
      <div class="dialog-actions">
        <Button onClick={onCancel}>{m.desk_cancel()}</Button>
      </div>
    </>
  )
}
