import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Given } from '../../../peer/files/source.ts'
import { folderOfFiles } from '../../../peer/folder/folder-node.ts'
import { createSharedFolders } from '../../../peer/folder/shared-folders.ts'
import { randomId } from '../../../peer/random-id.ts'
import { ConsentId } from '../../../protocol/consent.ts'
import {
  EntryId,
  FetchId,
  type FolderEntries,
  type FolderFailed,
  FolderFetch,
  FolderList,
} from '../../../protocol/folder.ts'
import { MAX_FOLDER_ENTRIES } from '../../../protocol/limits.ts'
import { linkPair } from '../link-pair.ts'
import { type Contents, memoryFolder } from './memory-folder.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const consent = v.parse(ConsentId, 'C'.repeat(22))
const newEntry = () => v.parse(EntryId, randomId())
const newFetch = () => v.parse(FetchId, randomId())

const CONTENTS: Contents = {
  'notes.txt': 'hello',
  photos: { 'one.jpg': 'first', deep: { 'two.jpg': 'second' } },
  empty: {},
}

/** A page that shares a folder, and a desk that may say whatever it likes. */
function session(contents: Contents = CONTENTS, shared = true) {
  const sent: (Given & { fetch: FetchId })[] = []
  const revoked: FetchId[] = []
  const folders = createSharedFolders({
    send(given, fetch) {
      sent.push({ fetch, ...given })
      return undefined
    },
    revoke: (fetches) => void revoked.push(...fetches),
  })
  const link = linkPair(life.signal)
  folders.part(link.customer)
  if (shared) folders.share(consent, memoryFolder('Documents', contents))
  const answers: (FolderEntries | FolderFailed)[] = []
  link.technician.on('folder-entries', (message) => void answers.push(message))
  link.technician.on('folder-failed', (message) => void answers.push(message))

  async function ask(message: Parameters<typeof link.technician.send>[0]) {
    const before = answers.length + sent.length
    link.technician.send(message)
    await vi.waitFor(() => expect(answers.length + sent.length).toBeGreaterThan(before))
    return answers.at(-1)
  }
  const list = async (entry?: EntryId) => {
    const answer = await ask({ type: 'folder-list', consent, ...(entry && { entry }) })
    return answer?.type === 'folder-entries' ? answer.entries : []
  }
  const idOf = async (name: string, within?: EntryId) => {
    const found = (await list(within)).find((entry) => entry.name === name)
    if (!found) throw new Error(`${name} is not listed`)
    return found.id
  }
  return { folders, sent, revoked, answers, ask, list, idOf, link }
}

test('a folder is listed step by step, and what is picked is sent with its path', async () => {
  const { list, idOf, ask, sent } = session()
  expect((await list()).map(({ kind, name }) => [kind, name])).toEqual([
    ['file', 'notes.txt'],
    ['folder', 'photos'],
    ['folder', 'empty'],
  ])
  expect((await list())[0]).toMatchObject({ size: 5, modified: 1_700_000_000_000 })
  const photos = await idOf('photos')
  // The same things keep their names.
  expect(await idOf('photos')).toBe(photos)
  expect(await list(await idOf('empty'))).toEqual([])
  const fetch = newFetch()
  await ask({ type: 'folder-fetch', consent, fetch, entries: [await idOf('notes.txt'), photos] })
  expect(sent).toMatchObject([{ fetch }])
  expect(sent[0]?.files.map(({ path }) => path.join('/'))).toEqual([
    'notes.txt',
    'photos/one.jpg',
    'photos/deep/two.jpg',
  ])
})

test('a technician who makes up ids, paths and permissions reaches nothing', async () => {
  const { ask, sent, idOf } = session()
  const why = async (message: Parameters<typeof ask>[0]) => {
    const answer = await ask(message)
    return answer?.type === 'folder-failed' ? answer.why : answer?.type
  }
  const other = v.parse(ConsentId, 'D'.repeat(22))
  expect(await why({ type: 'folder-list', consent: other })).toBe('not-shared')
  expect(await why({ type: 'folder-list', consent, entry: newEntry() })).toBe('not-shared')
  // A file is no folder.
  expect(await why({ type: 'folder-list', consent, entry: await idOf('notes.txt') })).toBe('not-shared')
  expect(await why({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [newEntry()] })).toBe('not-shared')
  const known = await idOf('notes.txt')
  expect(await why({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [known, newEntry()] })).toBe(
    'not-shared',
  )
  expect(await why({ type: 'folder-fetch', consent: other, fetch: newFetch(), entries: [known] })).toBe('not-shared')
  expect(sent).toEqual([])
  // Paths have no place in what may be said.
  const forged = { type: 'folder-fetch', consent, fetch: newFetch(), entries: ['../../etc/passwd'] }
  expect(v.is(FolderFetch, forged)).toBe(false)
  expect(v.is(FolderList, { type: 'folder-list', consent, entry: '/etc' })).toBe(false)
  expect(v.is(FolderList, { type: 'folder-list', consent, path: ['..'] })).toBe(false)
})

test('before the yes, and after it was taken back, nothing is there; what is on its way is stopped', async () => {
  const early = session(CONTENTS, false)
  expect(await early.ask({ type: 'folder-list', consent })).toMatchObject({ type: 'folder-failed', why: 'not-shared' })

  const { folders, ask, idOf, revoked } = session()
  const photos = await idOf('photos')
  const fetch = newFetch()
  await ask({ type: 'folder-fetch', consent, fetch, entries: [photos] })
  folders.stop(consent)
  expect(revoked).toEqual([fetch])
  expect(await ask({ type: 'folder-list', consent })).toMatchObject({ why: 'not-shared' })
  expect(await ask({ type: 'folder-list', consent, entry: photos })).toMatchObject({ why: 'not-shared' })
  const again = newFetch()
  const refused = await ask({ type: 'folder-fetch', consent, fetch: again, entries: [photos] })
  expect(refused).toMatchObject({ type: 'folder-failed', fetch: again, why: 'not-shared' })
})

test('what is taken back while it is read is not sent any more', async () => {
  const { promise, resolve } = Promise.withResolvers<File>()
  const { folders, ask, idOf, sent } = session({ inside: { slow: () => promise } })
  const inside = await idOf('inside')
  const asked = ask({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [inside] })
  await new Promise((done) => setTimeout(done))
  folders.stop(consent)
  resolve(new File(['x'], 'slow'))
  expect(await asked).toMatchObject({ type: 'folder-failed', why: 'not-shared' })
  expect(sent).toEqual([])
})

test('a file that is gone is named with those that could not be read; an empty folder is said to be one', async () => {
  const gone = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
  const { ask, list, idOf, sent } = session({ inside: { 'gone.txt': gone, 'here.txt': 'x' }, empty: {} })
  const inside = await idOf('inside')
  expect((await list(inside)).map(({ name }) => name)).toEqual(['here.txt'])
  await ask({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [inside] })
  expect(sent[0]?.files.map(({ path }) => path.at(-1))).toEqual(['gone.txt', 'here.txt'])
  await expect(sent[0]?.files[0]?.read(0, 1)).rejects.toThrow('gone')
  const empty = await ask({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [await idOf('empty')] })
  expect(empty).toMatchObject({ type: 'folder-failed', why: 'empty' })
})

test('S11 folders that have nothing in them are sent as such', async () => {
  const { idOf, ask, sent } = session({ project: { 'a.txt': 'x', empty: {}, old: { older: {} } } })
  await ask({ type: 'folder-fetch', consent, fetch: newFetch(), entries: [await idOf('project')] })
  expect(sent[0]?.files.map(({ path }) => path.join('/'))).toEqual(['project/a.txt'])
  expect(sent[0]?.folders.map((path) => path.join('/'))).toEqual(['project/empty', 'project/old/older'])
})

test('a large folder comes in messages that fit, and no more of it than is listed', async () => {
  const many = Object.fromEntries(Array.from({ length: MAX_FOLDER_ENTRIES + 5 }, (_, index) => [`${index}`, 'x']))
  const { answers, link } = session(many)
  link.technician.send({ type: 'folder-list', consent })
  await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ end: 'too-many' }), { timeout: 20_000 })
  const entries = answers.flatMap((answer) => (answer.type === 'folder-entries' ? answer.entries : []))
  expect(new Set(entries.map(({ id }) => id)).size).toBe(MAX_FOLDER_ENTRIES)
  for (const answer of answers) expect(JSON.stringify(answer).length).toBeLessThan(60_000)
}, 30_000)

test('a flood of questions is answered without being looked at', async () => {
  const { answers, link } = session()
  for (let count = 0; count < 500; count += 1) link.technician.send({ type: 'folder-list', consent })
  await vi.waitFor(() => expect(answers).toHaveLength(500))
  const tooMany = answers.filter((answer) => answer.type === 'folder-failed' && answer.why === 'too-many')
  expect(tooMany).toHaveLength(450)
})

test('the same fetch, asked again on a new link, is sent once', async () => {
  const { folders, idOf, ask, sent } = session()
  const fetch = newFetch()
  const entries = [await idOf('notes.txt')]
  await ask({ type: 'folder-fetch', consent, fetch, entries })
  const second = linkPair(life.signal)
  folders.part(second.customer)
  second.technician.send({ type: 'folder-fetch', consent, fetch, entries })
  await new Promise((done) => setTimeout(done, 20))
  expect(sent).toHaveLength(1)
})

test('the folder of an input has the tree that its paths tell', async () => {
  const file = (webkitRelativePath: string) => Object.assign(new File(['x'], 'x'), { webkitRelativePath })
  const folder = folderOfFiles([file('Docs/a.txt'), file('Docs/in/b.txt'), file('Docs/in/deep/c.txt')])
  expect(folder?.name).toBe('Docs')
  const top = (await folder?.list(10)) ?? []
  expect(top.map(({ kind, name }) => [kind, name])).toEqual([
    ['folder', 'in'],
    ['file', 'a.txt'],
  ])
  const [inner] = top
  expect(inner?.kind === 'folder' && (await inner.list(10)).map(({ name }) => name)).toEqual(['deep', 'b.txt'])
  expect(folderOfFiles([])).toBeUndefined()
})
