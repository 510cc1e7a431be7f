import type { FilePath } from '../../protocol/files.ts'
import { MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import { type Given, type SourceFile, sourceOfFile } from '../files/source.ts'
import type { FileNode, FolderNode } from './folder-node.ts'

/** Deeper than this nobody's folders are; a path of more parts is not sent. */
const MAX_DEPTH = 60
/** So many files are asked of the disk at once. */
const AT_ONCE = 32

/** More than one transfer takes: nothing more is read. */
export class TooManyError extends Error {}
/** In folders that are deeper than any path that is sent. */
export class TooDeepError extends TooManyError {}

/**
 * Every file of what was picked, with its path from there, and every folder that has nothing in it.
 * @param found told how many were seen so far
 * @throws TooManyError as soon as there are more than one transfer takes
 */
export async function filesOf(
  picked: readonly (FolderNode | FileNode)[],
  signal: AbortSignal,
  found: (count: number) => void = () => {},
): Promise<Given> {
  const files: SourceFile[] = []
  const folders: FilePath[] = []
  const room = () => MAX_TRANSFER_FILES - files.length - folders.length

  async function open(nodes: readonly FileNode[], above: readonly string[]) {
    // Before any of them is opened.
    if (nodes.length > room()) throw new TooManyError()
    for (let at = 0; at < nodes.length; at += AT_ONCE) {
      signal.throwIfAborted()
      const some = nodes.slice(at, at + AT_ONCE)
      files.push(...(await Promise.all(some.map((node) => sourceOfFile(node.file, [...above, node.name])))))
    }
  }

  async function walk(folder: FolderNode, above: readonly string[]) {
    signal.throwIfAborted()
    const path = [...above, folder.name]
    if (path.length > MAX_DEPTH) throw new TooDeepError()
    const inside = await folder.list(room() + 1, signal, (more) => found(files.length + more))
    found(files.length + inside.length)
    if (inside.length === 0) {
      if (room() === 0) throw new TooManyError()
      folders.push(path)
    }
    await open(
      inside.filter((node) => node.kind === 'file'),
      path,
    )
    for (const node of inside) if (node.kind === 'folder') await walk(node, path)
  }

  for (const node of picked) await (node.kind === 'file' ? open([node], []) : walk(node, []))
  return { files, folders }
}
