/** One of `first`, then so many of `rest`, until there are no more of either; each in its order. */
export function weave<T>(first: readonly T[], rest: readonly T[], between: number): T[] {
  const woven = first.flatMap((one, index) => [one, ...rest.slice(index * between, (index + 1) * between)])
  return [...woven, ...rest.slice(first.length * between)]
}
