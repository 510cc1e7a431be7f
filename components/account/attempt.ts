import { useState } from 'preact/hooks'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'

/** Work that the server may refuse: what it said of the last attempt is there to be shown. What the signal ended is told to nobody. */
export function useAttempt() {
  const [refusal, setRefusal] = useState<Refusal>()
  async function attempt(work: () => Promise<void>, signal?: AbortSignal) {
    setRefusal(undefined)
    try {
      await work()
    } catch (error) {
      if (signal?.aborted) return
      if (!(error instanceof RefusedError)) throw error
      setRefusal(error.refusal)
    }
  }
  return { refusal, attempt }
}
