import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

const MEMORY_DISK = '/dev/shm'
const ROOM = 2 ** 30

/**
 * One folder for all that the tests of a run write, and gone with it. In memory where there is room, for those that try no disk: a
 * database that lives as long as its test need not wait for one at each write.
 */
export default function setup({ name }: TestProject): () => void {
  const base = name === 'unit' && hasMemoryDisk() ? MEMORY_DISK : tmpdir()
  const folder = mkdtempSync(path.join(base, 'deskside-tests-'))
  // What root has to run as somebody else finds its own folder in it.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  // A browser that has just been closed may still write.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

function hasMemoryDisk(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK)
    return bavail * bsize > ROOM
  } catch {
    return false
  }
}
