const FIRST_MS = 500
export const LONGEST_BACKOFF_MS = 15_000

/**
 * How long to wait after so many failures in a row, in ms: doubling from 0.5 s to 15 s, and of that a random part of
 * the upper half, so that a server that comes back is not met by everybody at once.
 */
export function backoff(failures: number, random: number = Math.random()): number {
  const full = Math.min(LONGEST_BACKOFF_MS, FIRST_MS * 2 ** (failures - 1))
  return Math.round(full * (0.5 + random / 2))
}
