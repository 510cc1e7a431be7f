import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type BackupError, mergeBackup, openBackup, writeBackup } from '../../../desk/backup/backup.ts'
import { pack, UnpackError, unpack } from '../../../desk/backup/pack.ts'
import type { BackupItem, BackupPart } from '../../../desk/backup/part.ts'
import { TechnicianId } from '../../../protocol/ids.ts'

const me = { id: v.parse(TechnicianId, 'm'.repeat(22)), name: 'Marie Blanc', email: 'marie@acme.example' }
const other = v.parse(TechnicianId, 'o'.repeat(22))
const encode = (text: string) => new TextEncoder().encode(text)
const way = (password = 'four words or five') => ({
  password,
  onProgress: () => {},
  signal: new AbortController().signal,
})

/** A browser with so many cases. */
function browserWith(...texts: string[]) {
  const kept = new Map<string, Uint8Array>(texts.map((text) => [`case:${text}`, encode(text)]))
  const part: BackupPart = {
    kinds: ['case'],
    async *collect() {
      for (const [name, bytes] of kept) yield { kind: 'case', name, bytes } satisfies BackupItem
    },
    async merge({ name, bytes }) {
      if (bytes.byteLength === 0) throw new UnpackError('of another version')
      if (kept.has(name)) return 'same'
      kept.set(name, bytes)
      return 'new'
    },
  }
  return { part, kept }
}

const ADA = 'a word that gives away'
/** One file for all tests: each try at a password is slow on purpose, and what was opened may be merged again and again. */
const written = writeBackup([browserWith(ADA, 'grace').part], me, way()).then(({ file }) => file)
const opened = written.then((file) => openBackup(file, me.id, way()))
const problemOf = (file: Blob, password?: string, as = me.id) =>
  openBackup(file, as, way(password)).then(
    () => 'none',
    ({ why, owner }: BackupError) => (owner ? `${why} ${owner}` : why),
  )

test('what is written under a password is read and merged with it, and merged again it changes nothing', async () => {
  expect(await opened).toMatchObject({ name: 'Marie Blanc', counts: { case: 2, queue: 0, reply: 0, settings: 0 } })
  const { part, kept } = browserWith('grace')
  expect(await mergeBackup([part], await opened, way())).toEqual({ new: 1, merged: 0, same: 1, 'left-out': 0 })
  expect([...kept.keys()]).toEqual(['case:grace', `case:${ADA}`])
  expect(await mergeBackup([part], await opened, way())).toEqual({ new: 0, merged: 0, same: 2, 'left-out': 0 })
})

test('nothing of what is inside can be read without the password', async () => {
  const text = await (await written).text()
  expect(text.startsWith('age-encryption.org/v1\n-> scrypt ')).toBe(true)
  for (const inside of ['gives away', 'marie', 'deskside']) expect(text).not.toContain(inside)
})

test('another password, another account, another file, a part of it and a changed byte are told apart', async () => {
  const file = await written
  const bytes = new Uint8Array(await file.arrayBuffer())
  const changed = bytes.slice()
  changed.set([(changed.at(-1) ?? 0) ^ 1], changed.length - 1)
  expect(await problemOf(file, 'some other words')).toBe('wrong-password')
  expect(await problemOf(file, undefined, other)).toBe('another-account marie@acme.example')
  expect(await problemOf(new Blob(['name;group']))).toBe('not-a-backup')
  expect(await problemOf(new Blob([]))).toBe('not-a-backup')
  expect(await problemOf(new Blob([bytes.slice(0, -40)]))).toBe('damaged')
  expect(await problemOf(new Blob([bytes.slice(0, 120)]))).toBe('damaged')
  expect(await problemOf(new Blob([changed]))).toBe('damaged')
})

test('a file that would cost this browser gigabytes to open is not opened', async () => {
  const text = `age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 20\n`
  expect(await problemOf(new Blob([text]))).toBe('not-a-backup')
})

test('who cancels gets nothing, and keeps what was merged until then', async () => {
  const life = new AbortController()
  const { part, kept } = browserWith()
  const merging = mergeBackup([part], await opened, { onProgress: () => life.abort(), signal: life.signal })
  await expect(merging).rejects.toThrow('aborted')
  expect(kept.size).toBe(1)
  const writing = writeBackup([browserWith('ada').part], me, { ...way(), signal: life.signal })
  await expect(writing).rejects.toThrow('aborted')
})

test('a thing that another version wrote, or of a sort that is not known, is left out', async () => {
  const { part } = browserWith()
  const items: BackupItem[] = [
    { kind: 'case', name: 'case:newer', bytes: new Uint8Array() },
    { kind: 'settings', name: 'settings', bytes: encode('{}') },
  ]
  expect(await mergeBackup([part], { ...(await opened), items }, way())).toMatchObject({ 'left-out': 2 })
})

test('what is packed is unpacked as it was, and what is cut short or of another shape is not', () => {
  const packed = pack({ name: 'Ada' }, [encode('one'), new Uint8Array(), encode('three')])
  const shape = v.strictObject({ name: v.string() })
  const { about, blobs } = unpack(packed, shape)
  expect(about).toEqual({ name: 'Ada' })
  expect(blobs.map((blob) => new TextDecoder().decode(blob))).toEqual(['one', '', 'three'])
  for (const bad of [packed.slice(0, -1), packed.slice(0, 3), new Uint8Array(40), new Uint8Array()])
    expect(() => unpack(bad, shape)).toThrow(UnpackError)
  expect(() => unpack(packed, v.strictObject({ other: v.string() }))).toThrow(UnpackError)
})
