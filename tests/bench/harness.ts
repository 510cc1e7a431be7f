/** One line of the bench's output. `ratio` is value / the peer's (or limit's) value; null where there is none. */
export type Figure = {
  name: string
  value: number
  unit: string
  /** How many measurements the value is the median of. */
  n: number
  /** Peer or limit of the same run with its own value, in the same unit. */
  against: string | null
  ratio: number | null
  goal: string | null
  holds: boolean | null
}

/** Figures that one set of rounds yields together. `measure` may return lines for more names than were asked for. */
export type Family = {
  names: readonly string[]
  measure(signal: AbortSignal): Promise<Figure[]>
}

type Comparison = { name: string; value: number; unit: string; n: number; peer: string; peerValue: number }

/** `atMost`: the goal, as a ratio to the peer. Left out where the figure has no goal. */
export function compare({ name, value, unit, n, peer, peerValue }: Comparison, atMost?: number): Figure {
  const ratio = value / peerValue
  return {
    name,
    value: round(value),
    unit,
    n,
    against: `${peer}: ${round(peerValue)}`,
    ratio: round(ratio),
    goal: atMost === undefined ? null : `ratio <= ${atMost}`,
    holds: atMost === undefined ? null : ratio <= atMost,
  }
}

/** @throws RangeError where there is nothing to take the median of: a measurement that failed must not look like a figure. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Nearest-rank quantile, `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (middle === undefined) throw new RangeError('nothing was measured')
  return middle
}

/** What is being done, for whoever watches; stdout carries only figures. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Four significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(4))
}
