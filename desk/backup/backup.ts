import { Decrypter, Encrypter } from 'age-encryption'
import * as v from 'valibot'
import type { Me } from '../../protocol/account.ts'
import { TechnicianId, Time } from '../../protocol/ids.ts'
import { pack, UnpackError, unpack } from './pack.ts'
import { BACKUP_KINDS, type BackupItem, type BackupKind, type BackupPart, type Merged } from './part.ts'

/**
 * A technician's local data as one file: an age file under a password, and in it one thing after the other. Neither tokens nor keys
 * are in it: whoever puts it back has signed in.
 */

/** No more than this is read, in bytes; ten thousand cases have less. */
export const MAX_BACKUP = 512 * 1024 * 1024

/** log2 of scrypt's N: 64 MiB for each try at the password. */
const WORK = 16
/** What others may ask of this browser at most. */
const MOST_WORK = 18

const Head = v.strictObject({
  format: v.literal('deskside-backup'),
  version: v.literal(1),
  technician: TechnicianId,
  name: v.pipe(v.string(), v.maxLength(200)),
  email: v.pipe(v.string(), v.maxLength(320)),
  at: Time,
  items: v.array(v.strictObject({ kind: v.picklist(BACKUP_KINDS), name: v.pipe(v.string(), v.maxLength(200)) })),
})
type Head = v.InferOutput<typeof Head>

/** `another-account`: of the owner that the error names. */
export type BackupProblem = 'not-a-backup' | 'wrong-password' | 'damaged' | 'too-large' | 'another-account'

export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly why: BackupProblem
  readonly owner: string
  constructor(why: BackupProblem, { owner = '', ...options }: ErrorOptions & { owner?: string } = {}) {
    super(why, options)
    this.why = why
    this.owner = owner
  }
}

/** So much of the work is done, from 0 to 1. */
export type OnProgress = (done: number) => void

export type Counts = Readonly<Record<BackupKind, number>>

/** A file that was opened and may be put back. */
export type OpenBackup = Pick<Head, 'technician' | 'name' | 'email' | 'at'> & {
  counts: Counts
  items: readonly BackupItem[]
}

type Way = { password: string; onProgress: OnProgress; signal: AbortSignal }

/** @returns the file, and what is in it. @throws the signal's reason */
export async function writeBackup(
  parts: readonly BackupPart[],
  { id, name, email }: Pick<Me, 'id' | 'name' | 'email'>,
  { password, onProgress, signal }: Way,
): Promise<{ file: Blob; counts: Counts }> {
  const items: BackupItem[] = []
  for (const part of parts) {
    for await (const item of part.collect()) {
      signal.throwIfAborted()
      items.push(item)
    }
  }
  const head: Head = {
    format: 'deskside-backup',
    version: 1,
    technician: id,
    name,
    email,
    at: Date.now(),
    items: items.map((item) => ({ kind: item.kind, name: item.name })),
  }
  const plain = pack(
    head,
    items.map(({ bytes }) => bytes),
  )
  if (plain.byteLength > MAX_BACKUP) throw new BackupError('too-large')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(password)
  encrypter.setScryptWorkFactor(WORK)
  await painted()
  const sealed = await encrypter.encrypt(new Blob([plain]).stream())
  return { file: new Blob(await drain(sealed, plain.byteLength, onProgress, signal)), counts: countOf(items) }
}

/** @throws BackupError, or the signal's reason */
export async function openBackup(
  file: Blob,
  me: TechnicianId,
  { password, onProgress, signal }: Way,
): Promise<OpenBackup> {
  if (file.size > MAX_BACKUP) throw new BackupError('too-large')
  await checkHead(file)
  const decrypter = new Decrypter()
  decrypter.addPassphrase(password)
  await painted()
  const opened = await decrypter.decrypt(file.stream()).catch((cause: unknown) => {
    const wrong = cause instanceof Error && /no identity matched/.test(cause.message)
    throw new BackupError(wrong ? 'wrong-password' : 'damaged', { cause })
  })
  try {
    const plain = new Uint8Array(await new Blob(await drain(opened, file.size, onProgress, signal)).arrayBuffer())
    const { about, blobs } = unpack(plain, Head)
    const { technician, name, email, at } = about
    if (technician !== me) throw new BackupError('another-account', { owner: email })
    const items = about.items.map((item, index) => ({ ...item, bytes: blobs[index] ?? new Uint8Array() }))
    return { technician, name, email, at, items, counts: countOf(items) }
  } catch (cause) {
    signal.throwIfAborted()
    throw cause instanceof BackupError ? cause : new BackupError('damaged', { cause })
  }
}

/** What became of how many things. */
export type Outcome = Readonly<Record<Merged, number>>

/** Puts it back beside what is here. What was done before it was cancelled stays. @throws the signal's reason */
export async function mergeBackup(
  parts: readonly BackupPart[],
  { items }: OpenBackup,
  { onProgress, signal }: Omit<Way, 'password'>,
): Promise<Outcome> {
  const outcome = { new: 0, merged: 0, same: 0, 'left-out': 0 }
  for (const [index, item] of items.entries()) {
    signal.throwIfAborted()
    const part = parts.find(({ kinds }) => kinds.includes(item.kind))
    outcome[part ? await mergeItem(part, item) : 'left-out'] += 1
    onProgress((index + 1) / items.length)
    if (index % 20 === 0) await painted()
  }
  return outcome
}

async function mergeItem(part: BackupPart, item: BackupItem): Promise<Merged> {
  try {
    return await part.merge(item)
  } catch (cause) {
    // The seal of the file is whole: this one was written by another version.
    if (cause instanceof UnpackError) return 'left-out'
    throw cause
  }
}

/** Whether it is an age file under a password, and one that costs no more than ours. */
async function checkHead(file: Blob) {
  const head = await file.slice(0, 200).text()
  if (!head.startsWith('age-encryption.org/v1\n-> scrypt ')) throw new BackupError('not-a-backup')
  const work = Number(/^-> scrypt \S+ (\d{1,2})$/m.exec(head)?.[1])
  if (!(work <= MOST_WORK)) throw new BackupError('not-a-backup')
}

async function drain(stream: ReadableStream<Uint8Array>, size: number, onProgress: OnProgress, signal: AbortSignal) {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = stream.getReader()
  let read = 0
  let shown = 0
  try {
    for (;;) {
      signal.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return pieces
      pieces.push(new Uint8Array(value))
      read += value.byteLength
      onProgress(Math.min(1, read / size))
      if (read - shown < 4 * 1024 * 1024) continue
      shown = read
      await painted()
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function countOf(items: readonly BackupItem[]): Counts {
  const counts = { queue: 0, case: 0, reply: 0, settings: 0 }
  for (const { kind } of items) counts[kind] += 1
  return counts
}

/** The page gets a turn: to show how far it is, and to be cancelled. */
const painted = () => new Promise((resolve) => setTimeout(resolve))
