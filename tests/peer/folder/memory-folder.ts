import type { FileNode, FolderNode } from '../../../peer/folder/folder-node.ts'

/** What is in a folder, by name: a text is a file, a function a file that is read by calling it. */
export type Contents = { [name: string]: string | (() => Promise<File>) | Contents }

export function memoryFolder(name: string, contents: Contents): FolderNode {
  const nodeOf = ([inside, what]: [string, Contents[string]]): FolderNode | FileNode => {
    if (typeof what === 'string') {
      const file = new File([what], inside, { lastModified: 1_700_000_000_000 })
      return { kind: 'file', name: inside, file: async () => file }
    }
    return typeof what === 'function' ? { kind: 'file', name: inside, file: what } : memoryFolder(inside, what)
  }
  return { kind: 'folder', name, list: async (limit) => Object.entries(contents).slice(0, limit).map(nodeOf) }
}
