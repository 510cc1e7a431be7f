import { MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import { type SourceFile, sourceOf } from '../files/source.ts'
import type { FileNode, FolderNode } from './folder-node.ts'

/** Deeper than this nobody's folders are; a path of more parts is not sent. */
const MAX_DEPTH = 60

/** More than one transfer takes. */
export class TooManyError extends Error {}

/** Every file of what was picked, with its path from there. @throws TooManyError */
export async function filesOf(picked: readonly (FolderNode | FileNode)[], signal: AbortSignal): Promise<SourceFile[]> {
  const files: SourceFile[] = []

  async function walk(node: FolderNode | FileNode, above: readonly string[]) {
    signal.throwIfAborted()
    const path = [...above, node.name]
    if (node.kind === 'file') {
      if (files.length >= MAX_TRANSFER_FILES) throw new TooManyError()
      files.push(await sourceOfNode(node, path))
      return
    }
    if (path.length > MAX_DEPTH) throw new TooManyError()
    for (const inside of await node.list(MAX_TRANSFER_FILES)) await walk(inside, path)
  }

  for (const node of picked) await walk(node, [])
  return files
}

/** A file that is gone is named at the end, among those that could not be read. */
async function sourceOfNode(node: FileNode, path: string[]): Promise<SourceFile> {
  try {
    return sourceOf(await node.file(), path)
  } catch (error) {
    return { path, size: 1, modified: 0, read: () => Promise.reject(error) }
  }
}
