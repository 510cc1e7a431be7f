import type { FileAbout, FilePath } from '../../protocol/files.ts'
import { FILE_PIECE } from '../../protocol/limits.ts'
import { readInTurn } from './read-in-turn.ts'

/** One file to be sent. */
export type SourceFile = FileAbout & {
  /**
   * Bytes from `start` to before `end`. Rejects where the file is not what it was, or cannot be read.
   * @param memory that nobody uses any more; they may be in it.
   */
  read(start: number, end: number, memory?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>
}

/** What a person gives to be sent. `folders`: those that have nothing in them; the others come with their files. */
export type Given = { files: readonly SourceFile[]; folders: readonly FilePath[] }

/** A file that the person picked, dropped or pasted. A browser refuses to read one that was changed since. */
export function sourceOf(file: File, path: FilePath = [file.name]): SourceFile {
  return {
    path,
    size: file.size,
    modified: Math.max(0, Math.round(file.lastModified)),
    read: file.size > FILE_PIECE ? readInTurn(file) : async () => new Uint8Array(await file.arrayBuffer()),
  }
}

/** A file that is gone is named at the end, among those that could not be read. */
export async function sourceOfFile(open: () => Promise<File>, path: FilePath): Promise<SourceFile> {
  try {
    return sourceOf(await open(), path)
  } catch (error) {
    return { path, size: 1, modified: 0, read: () => Promise.reject(error) }
  }
}
