/** What somebody may use: much at once, and then as much as comes back with time. */
export type Allowance = {
  /** @returns false where that is more than is left, and takes nothing. */
  take(amount: number): boolean
}

/** @param now in ms */
export function allowance(
  { atOnce, perSecond }: { atOnce: number; perSecond: number },
  now: () => number = () => performance.now(),
): Allowance {
  let left = atOnce
  let before = now()
  return {
    take(amount) {
      const time = now()
      left = Math.min(atOnce, left + ((time - before) / 1000) * perSecond)
      before = time
      if (amount > left) return false
      left -= amount
      return true
    },
  }
}
