import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { RefusedError } from '../../protocol/errors.ts'
import { systemErrorCode } from '../start-error.ts'
import type { MediaPieces } from './pieces.ts'

/** A folder for each image or recording in `folder`, a file for each piece, readable by their owner only. */
export function openDirectory(folder: string): MediaPieces {
  return {
    async put(id, piece, bytes) {
      const place = path.join(folder, id)
      // Under a name of its own: two windows may bring the same piece at once, each sealed anew.
      const unfinished = path.join(place, `${piece}.${randomUUID()}.part`)
      try {
        await mkdir(place, { recursive: true, mode: 0o700 })
        const file = await open(unfinished, 'w', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(unfinished, path.join(place, String(piece)))
      } catch (error) {
        const code = systemErrorCode(error)
        if (code === 'ENOSPC' || code === 'EDQUOT') throw new RefusedError({ code: 'quota', about: 'media' })
        throw error
      }
    },
    async get(id, piece) {
      try {
        return new Uint8Array(await readFile(path.join(folder, id, String(piece))))
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return undefined
        throw error
      }
    },
    remove: (id) => rm(path.join(folder, id), { recursive: true, force: true }),
  }
}
