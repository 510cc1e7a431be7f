/** What lies in a folder that a person picked; read when it is asked for. */
export type FolderNode = {
  kind: 'folder'
  name: string
  /** At most `limit` of what is in it. Rejects where it cannot be read any more, or the signal ends it. `found`: how many there are so far. */
  list(
    limit: number,
    signal?: AbortSignal,
    found?: (count: number) => void,
  ): Promise<readonly (FolderNode | FileNode)[]>
}
export type FileNode = { kind: 'file'; name: string; file(): Promise<File> }

/** Of a browser's picker for folders. A link to somewhere else on the disk is not in it: the browser passes it by. */
export function folderOfHandle(handle: FileSystemDirectoryHandle): FolderNode {
  return {
    kind: 'folder',
    name: handle.name,
    async list(limit, signal) {
      const found: (FolderNode | FileNode)[] = []
      for await (const entry of handle.values()) {
        signal?.throwIfAborted()
        if (found.length >= limit) break
        const { name } = entry
        found.push(entry.kind === 'file' ? { kind: 'file', name, file: () => entry.getFile() } : folderOfHandle(entry))
      }
      return found
    },
  }
}

/** Of what was dropped on a page. @returns undefined for what is neither a file nor a folder */
export function nodeOfEntry(entry: FileSystemEntry): FolderNode | FileNode | undefined {
  const { name } = entry
  if (isFile(entry)) {
    return { kind: 'file', name, file: () => new Promise((resolve, reject) => entry.file(resolve, reject)) }
  }
  if (!isFolder(entry)) return undefined
  return {
    kind: 'folder',
    name,
    async list(limit, signal, told) {
      const reader = entry.createReader()
      const found: (FolderNode | FileNode)[] = []
      while (found.length < limit) {
        signal?.throwIfAborted()
        // A hundred at a time, until there are no more.
        const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
        if (some.length === 0) break
        found.push(...some.flatMap((inside) => nodeOfEntry(inside) ?? []))
        told?.(found.length)
      }
      return found.slice(0, limit)
    },
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

type Level = { folders: Map<string, Level>; files: Map<string, File> }

/** Of an `<input webkitdirectory>`, which has read the whole tree when it answers. @returns undefined where no file is in it */
export function folderOfFiles(files: Iterable<File>): FolderNode | undefined {
  const top = emptyLevel()
  for (const file of files) {
    const path = file.webkitRelativePath.split('/')
    let level = top
    for (const name of path.slice(0, -1)) {
      const inner = level.folders.get(name) ?? emptyLevel()
      level.folders.set(name, inner)
      level = inner
    }
    level.files.set(path.at(-1) ?? file.name, file)
  }
  for (const [name, level] of top.folders) return nodeOf(name, level)
  return undefined
}

const emptyLevel = (): Level => ({ folders: new Map(), files: new Map() })

function nodeOf(name: string, { folders, files }: Level): FolderNode {
  return {
    kind: 'folder',
    name,
    async list(limit) {
      const inner = [...folders].map(([inside, level]) => nodeOf(inside, level))
      const own = [...files].map(([inside, file]): FileNode => ({ kind: 'file', name: inside, file: async () => file }))
      return [...inner, ...own].slice(0, limit)
    },
  }
}
