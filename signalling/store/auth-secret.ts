import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError, systemErrorCode } from '../start-error.ts'
import { makeDataDir } from './data-dir.ts'

/**
 * The key that signs bearer tokens, drawn once. It lies beside the database, not in it, and only signed tokens are taken:
 * who reads a copy of the database alone cannot make a token from it.
 * @throws StartError when the file cannot be read or written.
 */
export function keepAuthSecret(dataDir: string): string {
  makeDataDir(dataDir)
  const file = join(dataDir, 'auth-secret')
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw new StartError(`The file ${file} cannot be written.`, error)
  }
  const secret = readSecret(file)
  if (secret.length < 32) throw new StartError(`The file ${file} is damaged: delete it, and everybody signs in again.`)
  return secret
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new StartError(`The file ${file} cannot be read.`, error)
  }
}
