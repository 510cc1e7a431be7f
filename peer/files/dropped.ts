import { nodeOfEntry } from '../folder/folder-node.ts'
import { filesOf } from '../folder/walk.ts'
import { type Given, type SourceFile, sourceOf } from './source.ts'

/** The files of an `<input type="file">`, with their folders where a folder was chosen. Of folders that have nothing in them no browser tells. */
export function filesOfInput(files: Iterable<File>): SourceFile[] {
  return [...files].map((file) =>
    sourceOf(file, file.webkitRelativePath ? file.webkitRelativePath.split('/') : [file.name]),
  )
}

/**
 * Everything in what was dropped or pasted, folders with all that is in them. Call it in the event itself: afterwards the browser
 * has taken the list away.
 * @param found told how many files there are so far
 * @throws TooManyError as soon as there are more than one transfer takes
 */
export async function filesOfTransfer(
  transfer: DataTransfer,
  signal: AbortSignal,
  found: (count: number) => void,
): Promise<Given> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []))
  // What is pasted are files without an entry.
  if (entries.length === 0) return { files: [...transfer.files].map((file) => sourceOf(file)), folders: [] }
  return filesOf(
    entries.flatMap((entry) => nodeOfEntry(entry) ?? []),
    signal,
    found,
  )
}
