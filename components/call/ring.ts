import { useEffect } from 'preact/hooks'
import { chime } from '../desk/chime.ts'

const EVERY_MS = 3000

/** Rings while somebody calls, where it may be heard. */
export function useRing(rings: boolean, mayBeHeard: () => Promise<boolean>) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew at each ring
  useEffect(() => {
    if (!rings) return
    const ring = async () => {
      if (await mayBeHeard().catch(() => true)) await chime().catch(() => {})
    }
    void ring()
    const timer = setInterval(() => void ring(), EVERY_MS)
    return () => clearInterval(timer)
  }, [rings])
}
