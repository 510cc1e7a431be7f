import { useEffect, useRef, useState } from 'preact/hooks'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'

/** One request of a form at a time; it is cancelled when the form goes away. */
export function useSubmission() {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const life = useRef(new AbortController())
  useEffect(() => () => life.current.abort(), [])

  async function submit(run: (signal: AbortSignal) => Promise<void>) {
    if (pending) return
    setPending(true)
    setRefusal(undefined)
    const { signal } = life.current
    try {
      await run(signal)
    } catch (cause) {
      if (signal.aborted) return
      if (!(cause instanceof RefusedError)) throw cause
      setRefusal(cause.refusal)
    } finally {
      if (!signal.aborted) setPending(false)
    }
  }

  return { pending, refusal, submit }
}

/** Once the errors of a form are shown: puts the cursor where the first one is. */
export function focusFirstError(form: HTMLFormElement) {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
