import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type FolderTree, linesOf, nextTree } from '../../../desk/session/folder-tree.ts'
import { ConsentId } from '../../../protocol/consent.ts'
import { EntryId, type FolderEntries, type FolderEntry } from '../../../protocol/folder.ts'
import { MAX_FOLDER_ENTRIES } from '../../../protocol/limits.ts'

const consent = v.parse(ConsentId, 'C'.repeat(22))
const id = (letter: string) => v.parse(EntryId, letter.repeat(22))
const file = (letter: string, name: string, size = 1, modified = 1): FolderEntry => ({
  kind: 'file',
  id: id(letter),
  name,
  size,
  modified,
})
const folder = (letter: string, name: string): FolderEntry => ({ kind: 'folder', id: id(letter), name })
const came = (entries: FolderEntry[], end: FolderEntries['end'] = 'all', entry?: EntryId) =>
  ({ type: 'came', message: { type: 'folder-entries', consent, entry, entries, end } }) as const

const empty: FolderTree = { consent, listings: new Map() }
const asked = nextTree(empty, { type: 'asked', entry: undefined })
const LOOK = { opened: new Set<EntryId>(), order: 'name', search: '', locale: 'en' } as const

const shown = (tree: FolderTree, look: Partial<Parameters<typeof linesOf>[1]> = {}) =>
  linesOf(tree, { ...LOOK, ...look }).map((line) =>
    line.kind === 'note' ? `(${line.note})` : `${' '.repeat(line.depth)}${line.entry.name}`,
  )

const tree = nextTree(asked, came([file('a', 'file 10', 5, 9), file('b', 'file 2', 7, 3), folder('c', 'photos')]))
const inside = nextTree(
  nextTree(tree, { type: 'asked', entry: id('c') }),
  came([file('d', 'beach.jpg', 1, 1)], 'all', id('c')),
)

test('folders are first, and names follow each other as people count', () => {
  expect(shown(tree)).toEqual(['photos', 'file 2', 'file 10'])
  expect(shown(tree, { order: 'size' })).toEqual(['photos', 'file 2', 'file 10'])
  expect(shown(tree, { order: 'date' })).toEqual(['photos', 'file 10', 'file 2'])
})

test('a folder that is opened shows what is in it, or that it is coming, empty, cut or not to be read', () => {
  const opened = new Set([id('c')])
  expect(shown(inside, { opened })).toEqual(['photos', ' beach.jpg', 'file 2', 'file 10'])
  expect(shown(nextTree(tree, { type: 'asked', entry: id('c') }), { opened })[1]).toBe('(coming)')
  const again = nextTree(tree, { type: 'asked', entry: id('c') })
  expect(shown(nextTree(again, came([], 'all', id('c'))), { opened })[1]).toBe('(empty)')
  expect(shown(nextTree(again, came([file('e', 'x')], 'too-many', id('c'))), { opened })[2]).toBe('(cut)')
  const failed = nextTree(again, { type: 'failed', entry: id('c'), why: 'unreadable' })
  expect(shown(failed, { opened })[1]).toBe('(unreadable)')
})

test('the search finds in all that was opened so far, wherever it lies', () => {
  expect(shown(inside, { search: 'BEACH' })).toEqual(['beach.jpg'])
  expect(linesOf(inside, { ...LOOK, search: 'beach' })[0]).toMatchObject({ above: ['photos'] })
  expect(shown(inside, { search: 'nothing' })).toEqual([])
})

test('what was not asked for changes nothing, and nobody fills the desk', () => {
  expect(nextTree(empty, came([file('a', 'x')]))).toBe(empty)
  expect(nextTree(tree, came([file('z', 'more')]))).toBe(tree)
  expect(nextTree(tree, { type: 'failed', entry: undefined, why: 'unreadable' })).toBe(tree)
  const many = Array.from({ length: MAX_FOLDER_ENTRIES + 1 }, () => file('a', 'x'))
  expect(nextTree(asked, came(many, 'more')).listings.get('top')).toEqual({ kind: 'failed', why: 'too-many' })
})

test('a folder that is said to be in itself, or in two places, is there once', () => {
  const within = (entries: FolderEntry[]) =>
    nextTree(nextTree(tree, { type: 'asked', entry: id('c') }), came(entries, 'all', id('c')))
  const loop = within([
    folder('c', 'photos'),
    folder('e', 'deep'),
    file('a', 'file 10'),
    file('f', 'x'),
    file('f', 'x'),
  ])
  const opened = new Set([id('c'), id('e')])
  expect(shown(loop, { opened }).filter((line) => line !== '(coming)')).toEqual([
    'photos',
    ' deep',
    ' x',
    'file 2',
    'file 10',
  ])
  const ring = nextTree(
    nextTree(loop, { type: 'asked', entry: id('e') }),
    came([folder('c', 'photos')], 'all', id('e')),
  )
  expect(shown(ring, { opened })).toContain('(empty)')
  expect(shown(ring, { search: 'photos' })).toEqual(['photos'])
})

test('a folder that is listed again is what it is now', () => {
  const again = nextTree(nextTree(inside, { type: 'asked', entry: undefined }), came([folder('c', 'photos')]))
  expect(shown(again, { opened: new Set([id('c')]) })).toEqual(['photos', ' beach.jpg'])
})

test('a name is shown as it would be saved', () => {
  expect(shown(nextTree(asked, came([file('a', 'invoice\u202efdp.exe'), file('b', '..')])))).toEqual([
    'file',
    'invoice_fdp.exe',
  ])
})
