import { expect, test, vi } from 'vitest'
import type { FileNode, FolderNode } from '../../../peer/folder/folder-node.ts'
import { filesOf, TooDeepError, TooManyError } from '../../../peer/folder/walk.ts'
import { MAX_TRANSFER_FILES } from '../../../protocol/limits.ts'
import { memoryFolder } from './memory-folder.ts'

const { signal } = new AbortController()
const paths = (all: readonly (readonly string[])[]) => all.map((path) => path.join('/'))

/** So many files in one folder, of which the opened ones are counted. */
function flat(count: number) {
  const file = vi.fn(async () => new File(['x'], 'x'))
  const listed = vi.fn((limit: number) =>
    Array.from({ length: Math.min(limit, count) }, (_, index): FileNode => ({ kind: 'file', name: `${index}`, file })),
  )
  const folder: FolderNode = {
    kind: 'folder',
    name: 'flat',
    async list(limit, _signal, told) {
      told?.(7)
      return listed(limit)
    },
  }
  return { folder, file, listed }
}

test('S12 all files come with their paths, and the folders that have nothing in them', async () => {
  const top = memoryFolder('top', { 'a.txt': 'a', empty: {}, deep: { deeper: {}, 'b.txt': 'b' } })
  const { files, folders } = await filesOf([top], signal)
  expect(paths(files.map(({ path }) => path))).toEqual(['top/a.txt', 'top/deep/b.txt'])
  expect(paths(folders)).toEqual(['top/empty', 'top/deep/deeper'])
})

test('S12 a folder with more files than are sent is read no further, and none of them is opened', async () => {
  const { folder, file, listed } = flat(10_000_000)
  await expect(filesOf([folder], signal)).rejects.toBeInstanceOf(TooManyError)
  expect(listed.mock.calls).toEqual([[MAX_TRANSFER_FILES + 1]])
  expect(file).not.toHaveBeenCalled()
})

test('S12 as many as are sent are read, and told of on the way; one more, or one more empty folder, is too many', async () => {
  const found: number[] = []
  const { folder } = flat(MAX_TRANSFER_FILES)
  const { files } = await filesOf([folder], signal, (count) => void found.push(count))
  expect(files).toHaveLength(MAX_TRANSFER_FILES)
  expect(found).toEqual([7, MAX_TRANSFER_FILES])
  await expect(filesOf([folder, flat(1).folder], signal)).rejects.toBeInstanceOf(TooManyError)
  await expect(filesOf([folder, memoryFolder('empty', {})], signal)).rejects.toBeInstanceOf(TooManyError)
}, 30_000)

test('S12 what is cancelled is read no further; a folder in itself has an end', async () => {
  const life = new AbortController()
  const { folder, file } = flat(1000)
  const reading = filesOf([folder], life.signal, () => life.abort())
  await expect(reading).rejects.toThrow(/aborted/)
  expect(file.mock.calls.length).toBeLessThan(100)
  const endless: FolderNode = { kind: 'folder', name: 'again', list: async () => [endless] }
  await expect(filesOf([endless], signal)).rejects.toBeInstanceOf(TooDeepError)
})
