import { useEffect, useRef, useState } from 'preact/hooks'
import { inTurn, type Refusals } from '../../desk/people/in-turn.ts'

/** Where a request for each of several people is. */
export type InTurnState<T> =
  | { kind: 'not-begun' }
  | { kind: 'running'; done: number; count: number }
  /** Only where something was refused, or it was stopped: otherwise `onDone` is called instead. */
  | { kind: 'over'; done: number; count: number; refused: Refusals<T> }

/** Runs one request after the other, cancelled when the dialog goes away. */
export function useInTurn<T>(onDone: () => void) {
  const [state, setState] = useState<InTurnState<T>>({ kind: 'not-begun' })
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])

  async function run(items: readonly T[], ask: (item: T) => Promise<unknown>) {
    const count = items.length
    const { signal } = life.current
    let done = 0
    setState({ kind: 'running', done, count })
    const onProgress = (now: number) => {
      done = now
      setState({ kind: 'running', done, count })
    }
    const refused = await inTurn(items, ask, { onProgress, signal })
    if (refused.length === 0 && done === count) onDone()
    else setState({ kind: 'over', done, count, refused })
  }

  return { state, run, stop: () => life.current.abort() }
}
