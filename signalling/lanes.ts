/** Does the work of one key in order, one after the other; different keys do not wait for each other. */
export type Lanes = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>

export function makeLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const before = ends.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    const end = mine.catch(() => undefined)
    ends.set(key, end)
    try {
      return await mine
    } finally {
      if (ends.get(key) === end) ends.delete(key)
    }
  }
}
