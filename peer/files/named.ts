import type { FilePath } from '../../protocol/files.ts'
import { MAX_PATH_BYTES, MAX_PATH_PARTS } from '../../protocol/limits.ts'

/** A control message takes 64 KiB; the names in it so many bytes. */
const NAMES_BYTES = 40_000

/** The first ones, as many as one message has room for. */
export function firstNamed<T extends { path: FilePath }>(files: readonly T[], most: number): T[] {
  const named: T[] = []
  let bytes = 0
  for (const file of files.slice(0, most)) {
    bytes += bytesOf(file)
    if (bytes > NAMES_BYTES) break
    named.push(file)
  }
  return named
}

/** Whether the protocol has room for this path. */
export function isSayable(path: FilePath): boolean {
  return path.length <= MAX_PATH_PARTS && bytesOf(path) <= MAX_PATH_BYTES
}

function bytesOf(said: unknown): number {
  return new TextEncoder().encode(JSON.stringify(said)).length
}
