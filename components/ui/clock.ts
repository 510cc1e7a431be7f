import { useLayoutEffect, useState } from 'preact/hooks'
import type { Time } from '../../protocol/ids.ts'

/** The time now, drawn anew each `period` ms, for as long as `until` has not come: from then on nothing moves. */
export function useNow(period: number, until: Time = Number.POSITIVE_INFINITY): Time {
  const [now, setNow] = useState(Date.now)
  // Before it is painted, or a wait that begins long after the last turn would be seen too long.
  useLayoutEffect(() => {
    const timer = setInterval(turn, period)
    turn()
    return () => clearInterval(timer)

    function turn() {
      const time = Date.now()
      setNow(time)
      if (time >= until) clearInterval(timer)
    }
  }, [period, until])
  return now
}
