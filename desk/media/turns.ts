/** Work on files of the disk: what names the same file goes in its order, and the rest side by side, so that a long film holds up no other. */
export type Turns = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (names, work) => {
    const done = Promise.all(names.map((name) => last.get(name))).then(work)
    const over = done
      .catch(() => {})
      .then(() => {
        for (const name of names) if (last.get(name) === over) last.delete(name)
      })
    for (const name of names) last.set(name, over)
    return done
  }
}
