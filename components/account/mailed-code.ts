import { useEffect, useRef, useState } from 'preact/hooks'
import type { CodeSentReply } from '../../protocol/account.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import { CODE_AGAIN_MS } from '../../protocol/limits.ts'
import { useNow } from '../ui/clock.ts'

/** The mail with a code: whether one went out, and how long until another may be asked for, in ms. */
export type MailedCode = { sent: boolean; waitMs: number; refusal: Refusal | undefined; send: () => void }

/** Mails a code at once while `wanted`, and again when asked to. */
export function useMailedCode(wanted: boolean, ask: (signal: AbortSignal) => Promise<CodeSentReply>): MailedCode {
  const [sent, setSent] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [again, setAgain] = useState(0)
  const life = useRef(new AbortController())
  const waitMs = Math.max(0, again - useNow(1000, again))

  useEffect(() => () => life.current.abort(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first code goes out once
  useEffect(() => {
    if (wanted && again === 0) void send()
  }, [wanted])

  async function send() {
    const { signal } = life.current
    setRefusal(undefined)
    // At most one in this time, whatever comes back, and whatever the two clocks say.
    setAgain(Date.now() + CODE_AGAIN_MS)
    try {
      await ask(signal)
      setSent(true)
    } catch (cause) {
      if (signal.aborted) return
      if (!(cause instanceof RefusedError)) throw cause
      setRefusal(cause.refusal)
      setAgain(Date.now() + (cause.refusal.retryAfterMs ?? 0))
    }
  }

  // Asked too early: that is over when the wait is.
  const over = refusal?.code === 'too-many' && waitMs === 0
  return { sent, waitMs, refusal: over ? undefined : refusal, send: () => void send() }
}
