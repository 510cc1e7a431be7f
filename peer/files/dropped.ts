import { type SourceFile, sourceOf, sourceOfFile } from './source.ts'

/** The files of an `<input type="file">`, with their folders where a folder was chosen. */
export function filesOfInput(files: Iterable<File>): SourceFile[] {
  return [...files].map((file) =>
    sourceOf(file, file.webkitRelativePath ? file.webkitRelativePath.split('/') : [file.name]),
  )
}

/**
 * Everything in what was dropped or pasted, folders with all that is in them. Call it in the event itself: afterwards the browser
 * has taken the list away.
 */
export function filesOfTransfer(transfer: DataTransfer): Promise<SourceFile[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []))
  // What is pasted are files without an entry.
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((file) => sourceOf(file)))
  return Promise.all(entries.map((entry) => read(entry, []))).then((lists) => lists.flat())
}

async function read(entry: FileSystemEntry, above: readonly string[]): Promise<SourceFile[]> {
  const path = [...above, entry.name]
  if (isFile(entry)) {
    return [await sourceOfFile(() => new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path)]
  }
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const found: SourceFile[] = []
  for (;;) {
    // A hundred at a time, until there are no more.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    for (const inside of some) for (const file of await read(inside, path)) found.push(file)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
