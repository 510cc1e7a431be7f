import { useEffect, useState } from 'preact/hooks'
import type { Time } from '../../protocol/ids.ts'
import { waitWords } from '../ui/refusal.ts'

/** The wait until a moment in words, `12 s`, redrawn each second; undefined once it is over, or where there is none. */
export function useCountdown(until: Time | undefined): string | undefined {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [until])
  return until !== undefined && until > now ? waitWords(until - now) : undefined
}
