import * as v from 'valibot'
import type { ConsentId } from '../../protocol/consent.ts'
import type { FileRefusal } from '../../protocol/files.ts'
import {
  EntryId,
  type FetchId,
  type FolderEntries,
  type FolderEntry,
  type FolderFault,
  type FolderFetch,
  type FolderList,
} from '../../protocol/folder.ts'
import { MAX_FOLDER_ENTRIES, MAX_FOLDER_MESSAGE } from '../../protocol/limits.ts'
import type { Given } from '../files/source.ts'
import type { CustomerTalk } from '../live-link.ts'
import { randomId } from '../random-id.ts'
import type { FileNode, FolderNode } from './folder-node.ts'
import { filesOf, TooManyError } from './walk.ts'

/** So many questions wait while one is answered. */
const MAX_WAITING = 50
/** So many entries of one folder and all in it are named, at most. */
const MAX_NAMED = 200_000
/** So many sizes are asked of the disk at once. */
const AT_ONCE = 32
/** A message of entries is about so many bytes at most; a control message takes 64 KiB. */
const MESSAGE_BYTES = 40_000

/** The folders that this page's customer lets be seen. Everything else of the computer has no name here. */
export type SharedFolders = {
  /** From now on the technician may list it, and fetch from it. */
  share(consent: ConsentId, folder: FolderNode): void
  /** Nothing of it can be reached any more; what is on its way stops. */
  stop(consent: ConsentId): void
  readonly shared: ReadonlySet<ConsentId>
  part(link: CustomerTalk): void
}

type Parts = {
  send(given: Given, fetch: FetchId): FileRefusal | undefined
  /** What was fetched under these ids, and is not over, ends. */
  revoke(fetches: ReadonlySet<FetchId>): void
}

type Shared = {
  root: FolderNode
  named: Map<EntryId, FolderNode | FileNode>
  /** The ids of what is in each folder, by name, so that what was listed before keeps its id. */
  ids: Map<EntryId | undefined, Map<string, EntryId>>
  fetches: Set<FetchId>
  life: AbortController
}

export function createSharedFolders({ send, revoke }: Parts): SharedFolders {
  const folders = new Map<ConsentId, Shared>()
  let waiting = 0
  /** One question after the other. */
  let turn: Promise<void> = Promise.resolve()

  function answer(link: CustomerTalk, question: FolderList | FolderFetch) {
    const { consent } = question
    const about = question.type === 'folder-list' ? { entry: question.entry } : { fetch: question.fetch }
    const fail = (why: FolderFault) => link.send({ type: 'folder-failed', consent, ...about, why })
    if (waiting >= MAX_WAITING) return fail('too-many')
    waiting += 1
    turn = turn
      .then(async () => {
        const shared = folders.get(consent)
        if (!shared) return fail('not-shared')
        const why = await (question.type === 'folder-list' ? list(link, shared, question) : fetch(shared, question))
        if (why) fail(shared.life.signal.aborted ? 'not-shared' : why)
      })
      .catch(() => fail(folders.has(consent) ? 'unreadable' : 'not-shared'))
      .finally(() => {
        waiting -= 1
      })
  }

  async function list(
    link: CustomerTalk,
    shared: Shared,
    { consent, entry }: FolderList,
  ): Promise<FolderFault | undefined> {
    const folder = entry === undefined ? shared.root : shared.named.get(entry)
    if (folder?.kind !== 'folder') return 'not-shared'
    const found = await folder.list(MAX_FOLDER_ENTRIES + 1)
    const listed = found.slice(0, MAX_FOLDER_ENTRIES)
    if (shared.named.size + listed.length > MAX_NAMED) return 'too-many'
    const ids = shared.ids.get(entry) ?? new Map<string, EntryId>()
    shared.ids.set(entry, ids)
    const say = (entries: FolderEntry[], end: FolderEntries['end']) => {
      if (!shared.life.signal.aborted) link.send({ type: 'folder-entries', consent, entry, entries, end })
    }
    let ready: FolderEntry[] = []
    let bytes = 0
    for (let at = 0; at < listed.length; at += AT_ONCE) {
      shared.life.signal.throwIfAborted()
      const some = await Promise.all(listed.slice(at, at + AT_ONCE).map((node) => entryOf(shared, ids, node)))
      for (const one of some.flatMap((one) => one ?? [])) {
        const length = new TextEncoder().encode(JSON.stringify(one)).length
        if (bytes + length > MESSAGE_BYTES || ready.length >= MAX_FOLDER_MESSAGE) {
          say(ready, 'more')
          ready = []
          bytes = 0
        }
        ready.push(one)
        bytes += length
      }
    }
    say(ready, found.length > listed.length ? 'too-many' : 'all')
    return undefined
  }

  async function fetch(shared: Shared, { fetch: id, entries }: FolderFetch): Promise<FolderFault | undefined> {
    // Asked again on a new link.
    if (shared.fetches.has(id)) return undefined
    const picked = entries.map((entry) => shared.named.get(entry))
    if (!picked.every((node) => node !== undefined)) return 'not-shared'
    try {
      const given = await filesOf(picked, shared.life.signal)
      if (shared.life.signal.aborted) return 'not-shared'
      if (given.files.length === 0) return 'empty'
      const refusal = send(given, id)
      if (refusal === undefined) {
        shared.fetches.add(id)
        return undefined
      }
      return refusal === 'too-many' ? 'too-many' : 'not-allowed'
    } catch (error) {
      if (error instanceof TooManyError) return 'too-many'
      throw error
    }
  }

  return {
    get shared() {
      return new Set(folders.keys())
    },
    share(consent, root) {
      folders.set(consent, {
        root,
        named: new Map(),
        ids: new Map(),
        fetches: new Set(),
        life: new AbortController(),
      })
    },
    stop(consent) {
      const shared = folders.get(consent)
      folders.delete(consent)
      shared?.life.abort()
      if (shared) revoke(shared.fetches)
    },
    part(link) {
      link.on('folder-list', (question) => answer(link, question))
      link.on('folder-fetch', (question) => answer(link, question))
    },
  }
}

/** @returns undefined for a file that was gone before it could be looked at. */
async function entryOf(
  shared: Shared,
  ids: Map<string, EntryId>,
  node: FolderNode | FileNode,
): Promise<FolderEntry | undefined> {
  const key = `${node.kind} ${node.name}`
  const id = ids.get(key) ?? v.parse(EntryId, randomId())
  const name = node.name.slice(0, 1000) || ' '
  const known = () => {
    ids.set(key, id)
    shared.named.set(id, node)
  }
  if (node.kind === 'folder') {
    known()
    return { kind: 'folder', id, name }
  }
  const file = await node.file().catch(() => undefined)
  if (!file) return undefined
  known()
  return { kind: 'file', id, name, size: file.size, modified: Math.max(0, Math.round(file.lastModified)) }
}
