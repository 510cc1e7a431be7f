import { expect, test } from 'vitest'
import { folderSink } from '../../../peer/files/folder-sink.ts'
import type { Sink } from '../../../peer/files/sink.ts'
import { memoryDirectory } from './memory-directory.ts'

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text))
const open = (sink: Sink, path: string) => sink.open({ path: path.split('/'), size: 5, modified: 0 })

async function put(sink: Sink, path: string, text: string) {
  const file = await open(sink, path)
  await file.write(bytes(text))
  await file.keep()
}

test('S12 two transfers into one folder at once: each of two files of one name is there, whole', async () => {
  const { handle, files } = memoryDirectory()
  await Promise.all([put(folderSink(handle), 'report.pdf', 'one'), put(folderSink(handle), 'report.pdf', 'two')])
  expect(Object.keys(files()).sort()).toEqual(['report (2).pdf', 'report.pdf'])
  expect(Object.values(files()).sort()).toEqual(['one', 'two'])
})

test('S12 a permission that is taken back in the middle has an end', async () => {
  const { handle, revoke } = memoryDirectory()
  const sink = folderSink(handle)
  const file = await open(sink, 'report.pdf')
  await file.write(bytes('half'))
  revoke()
  await expect(file.keep()).rejects.toThrow('no permission')
  await expect(open(sink, 'another.pdf')).rejects.toThrow('no permission')
  await file.drop()
})

test('S12 what no browser lets a page write, as a shortcut, is kept under a name that it does', async () => {
  const { handle, files } = memoryDirectory()
  const sink = folderSink(handle)
  await put(sink, 'Desktop/printer.lnk', 'one')
  await put(sink, 'Desktop/printer.lnk', 'two')
  await put(sink, 'settings.local/a', 'three')
  expect(files()).toEqual({
    'Desktop/printer.lnk_': 'one',
    'Desktop/printer (2).lnk_': 'two',
    'settings.local_/a': 'three',
  })
})

test('S12 a file that has the name of a folder stays, and the folder gets a number', async () => {
  const { handle, files } = memoryDirectory({ photos: 'mine' })
  const sink = folderSink(handle)
  await put(sink, 'photos/one.jpg', 'first')
  await put(sink, 'photos/two.jpg', 'second')
  expect(files()).toEqual({ photos: 'mine', 'photos (2)/one.jpg': 'first', 'photos (2)/two.jpg': 'second' })
})

test('S12 a disk that is full before the first byte keeps nothing of the file', async () => {
  const { handle, files } = memoryDirectory({}, { write: true })
  await expect(open(folderSink(handle), 'report.pdf')).rejects.toThrow('no room')
  expect(files()).toEqual({})
})

test('S12 an empty folder is made, and one that has the name of a file gets a number', async () => {
  const { handle, files, folders } = memoryDirectory({ photos: 'mine' })
  const sink = folderSink(handle)
  await put(sink, 'top/one.jpg', 'first')
  await sink.folder?.(['top', 'empty'])
  await sink.folder?.(['photos'])
  expect(folders()).toEqual(['top', 'top/empty', 'photos (2)'])
  expect(files()).toEqual({ photos: 'mine', 'top/one.jpg': 'first' })
})

test('S12 where a file cannot be given its name afterwards it is written again; one that cannot be read again leaves nothing under its name', async () => {
  const { handle, files } = memoryDirectory({ 'report.pdf': 'mine' }, { move: true })
  await put(folderSink(handle), 'report.pdf', 'theirs')
  expect(files()).toEqual({ 'report.pdf': 'mine', 'report (2).pdf': 'theirs' })

  const broken = memoryDirectory({}, { move: true, read: true })
  const file = await open(folderSink(broken.handle), 'report.pdf')
  await file.write(bytes('theirs'))
  await expect(file.keep()).rejects.toThrow('not read')
  await file.drop()
  expect(broken.files()).toEqual({})
})
