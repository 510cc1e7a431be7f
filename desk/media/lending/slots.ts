/** So many do something at once; the others wait in their order. */
export type Slots = {
  /** @returns lets the next one */
  take(): Promise<() => void>
}

export function openSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = count

  function release() {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((mine) => waiting.push(mine))
      return release
    },
  }
}
