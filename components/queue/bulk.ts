import { useEffect, useRef, useState } from 'preact/hooks'
import { inTurn } from '../../desk/people/in-turn.ts'
import type { Changed } from '../../desk/queue/change-ticket.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { useMe } from '../desk/context.ts'
import { customerName } from './customer-name.ts'
import { useNames } from './names.ts'
import { overtakenWords, problemWords } from './problem-words.ts'

/** What was not done, and why. */
export type BulkProblem = { id: string; name: string; why: string }

export type BulkState =
  | { kind: 'not-begun' }
  | { kind: 'running'; done: number; count: number }
  /** Only where something was not done, or it was stopped. */
  | { kind: 'over'; done: number; count: number; problems: readonly BulkProblem[] }

type Ask = (entry: QueueEntry, signal: AbortSignal) => Promise<Changed>

/** One ticket after the other; what cannot be done with one harms no other. Ends when the dialog goes away. */
export function useBulk(onDone: () => void) {
  const [state, setState] = useState<BulkState>({ kind: 'not-begun' })
  const life = useRef(new AbortController())
  const names = useNames()
  const me = useMe()
  useEffect(() => () => life.current.abort(), [])

  async function run(entries: readonly QueueEntry[], ask: Ask) {
    const count = entries.length
    const { signal } = life.current
    const problems: BulkProblem[] = []
    let done = 0
    const one = async (entry: QueueEntry) => {
      const why = await problemOf(entry, ask, signal)
      if (why) problems.push({ id: entry.header.id, name: customerName(entry.details), why })
    }
    setState({ kind: 'running', done, count })
    await inTurn(entries, one, {
      onProgress: (now) => {
        done = now
        if (!signal.aborted) setState({ kind: 'running', done, count })
      },
      signal,
    })
    if (signal.aborted) return
    if (problems.length === 0 && done === count) onDone()
    else setState({ kind: 'over', done, count, problems })
  }

  async function problemOf(entry: QueueEntry, ask: Ask, signal: AbortSignal): Promise<string | undefined> {
    try {
      const changed = await ask(entry, signal)
      return changed.kind === 'overtaken' ? overtakenWords(changed.ticket, me.id, names) : undefined
    } catch (cause) {
      // Whoever asks in turn makes the pause that the server wants, and asks once more.
      if (signal.aborted || (cause instanceof RefusedError && cause.refusal.code === 'too-many')) throw cause
      return problemWords(cause)
    }
  }

  return { state, run }
}
