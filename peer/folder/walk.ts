import { MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import { type SourceFile, sourceOfFile } from '../files/source.ts'
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
      files.push(await sourceOfFile(node.file, path))
      return
    }
    if (path.length > MAX_DEPTH) throw new TooManyError()
    for (const inside of await node.list(MAX_TRANSFER_FILES)) await walk(inside, path)
  }

  for (const node of picked) await walk(node, [])
  return files
}
