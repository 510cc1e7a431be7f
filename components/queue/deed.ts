import { useEffect, useRef, useState } from 'preact/hooks'
import type { Changed } from '../../desk/queue/change-ticket.ts'
import { useMe } from '../desk/context.ts'
import { useNames } from './names.ts'
import { overtakenWords, problemWords } from './problem-words.ts'

/** Something that a dialog does to a ticket: one at a time, cancelled when the dialog goes away. */
export type Deed = {
  pending: boolean
  /** Why it was not done, as a sentence. */
  problem: string | undefined
  run(deed: (signal: AbortSignal) => Promise<Changed | undefined>, onDone: () => void): Promise<void>
}

export function useDeed(): Deed {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const life = useRef(new AbortController())
  const names = useNames()
  const me = useMe()
  useEffect(() => () => life.current.abort(), [])

  async function run(deed: (signal: AbortSignal) => Promise<Changed | undefined>, onDone: () => void) {
    if (pending) return
    const { signal } = life.current
    setPending(true)
    setProblem(undefined)
    try {
      const changed = await deed(signal)
      if (signal.aborted) return
      if (changed?.kind === 'overtaken') setProblem(overtakenWords(changed.ticket, me.id, names))
      else onDone()
    } catch (cause) {
      if (!signal.aborted) setProblem(problemWords(cause))
    } finally {
      if (!signal.aborted) setPending(false)
    }
  }

  return { pending, problem, run }
}
