import { mkdirSync } from 'node:fs'
import { StartError, systemErrorCode } from '../start-error.ts'

/** Makes the folder where there is none, for its owner only. @throws StartError */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError(`DATA_DIR is "${dataDir}", and that folder cannot be made: ${fileReason(error)}.`, error)
  }
}

/** Why a file or folder could not be used, for the operator. */
export function fileReason(error: unknown): string {
  const code = systemErrorCode(error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'this user may not write there'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file is in its way'
  return error instanceof Error ? error.message : 'the reason is not known'
}
