import { cleanName } from '../../peer/files/clean-name.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { EntryId, FolderEntries, FolderEntry, FolderFault } from '../../protocol/folder.ts'
import { MAX_FOLDER_ENTRIES } from '../../protocol/limits.ts'

/** What is known of one folder. */
export type Listing =
  /** Asked for; what has come so far. */
  | { kind: 'coming'; entries: readonly FolderEntry[] }
  /** `cut`: it has more than are listed. */
  | { kind: 'listed'; entries: readonly FolderEntry[]; cut: boolean }
  | { kind: 'failed'; why: FolderFault }

/** The folder that the customer lets be seen, as far as it was opened. `top`: the listing of the folder itself. */
export type FolderTree = { consent: ConsentId; listings: ReadonlyMap<EntryId | 'top', Listing> }

export type FolderEvent =
  | { type: 'asked'; entry: EntryId | undefined }
  | { type: 'came'; message: FolderEntries }
  | { type: 'failed'; entry: EntryId | undefined; why: FolderFault }

/** So many entries of all folders together are held. */
const MAX_HELD = 200_000

/** Files grow while one looks at them: logs do. */
const GROWN_BYTES = 1024 * 1024

/** The tree after an event. What was not asked for changes nothing. */
export function nextTree(tree: FolderTree, event: FolderEvent): FolderTree {
  const at = (event.type === 'came' ? event.message.entry : event.entry) ?? 'top'
  const known = tree.listings.get(at)
  const become = (listing: Listing): FolderTree => ({ ...tree, listings: new Map(tree.listings).set(at, listing) })
  if (event.type === 'asked') return become({ kind: 'coming', entries: [] })
  if (known?.kind !== 'coming') return tree
  if (event.type === 'failed') return become({ kind: 'failed', why: event.why })
  const { entries: more, end } = event.message
  if (known.entries.length + more.length > MAX_FOLDER_ENTRIES || held(tree) > MAX_HELD)
    return become({ kind: 'failed', why: 'too-many' })
  const entries = [...known.entries, ...newEntries(tree, at, more)]
  return become(end === 'more' ? { kind: 'coming', entries } : { kind: 'listed', entries, cut: end === 'too-many' })
}

/**
 * Each has one place in the tree: what stands somewhere already comes from no page of ours, and a folder that is in itself would have no end.
 * Named as it would be saved, so that no mark in a name shows it as another one.
 */
function newEntries({ listings }: FolderTree, at: EntryId | 'top', more: readonly FolderEntry[]): FolderEntry[] {
  const taken = new Set<EntryId | 'top'>([at])
  for (const listing of listings.values()) {
    if (listing.kind !== 'failed') for (const { id } of listing.entries) taken.add(id)
  }
  const fresh: FolderEntry[] = []
  for (const entry of more) {
    if (taken.has(entry.id)) continue
    taken.add(entry.id)
    fresh.push({ ...entry, name: cleanName(entry.name) })
  }
  return fresh
}

/** Whether an offer may be what was asked for, as far as it was listed: so many files, which may have grown a little since. Of folders nobody knows. */
export function mayBe(
  { count, bytes }: { count: number; bytes: number },
  picked: readonly EntryId[],
  tree: FolderTree | undefined,
): boolean {
  const wanted: ReadonlySet<EntryId> = new Set(picked)
  const listed = [...(tree?.listings.values() ?? [])].flatMap((listing) =>
    listing.kind === 'failed' ? [] : listing.entries.filter(({ id }) => wanted.has(id)),
  )
  if (listed.length < wanted.size || listed.some(({ kind }) => kind === 'folder')) return true
  const size = listed.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0)
  return count === wanted.size && bytes <= 2 * size + GROWN_BYTES
}

function held({ listings }: FolderTree): number {
  let count = 0
  for (const listing of listings.values()) if (listing.kind !== 'failed') count += listing.entries.length
  return count
}

export type FolderOrder = 'name' | 'size' | 'date'

/** One line of the tree as it is shown. */
export type FolderLine =
  | { kind: 'entry'; entry: FolderEntry; depth: number; above: readonly string[]; opened: boolean }
  /** Under an opened folder that has nothing to show (yet). */
  | { kind: 'note'; id: string; depth: number; note: 'coming' | 'empty' | 'cut' | FolderFault }

type Look = {
  opened: ReadonlySet<EntryId>
  order: FolderOrder
  /** Of a name, in any case; among all that was opened so far. */
  search: string
  /** The language by whose rules names follow each other. */
  locale: string
}

/** The lines of a tree: folders first, then by the order, the newest and the largest first. */
export function linesOf(tree: FolderTree, { opened, order, search, locale }: Look): FolderLine[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const wanted = search.trim().toLocaleLowerCase(locale)
  const lines: FolderLine[] = []

  function add(at: EntryId | 'top', depth: number, above: readonly string[]) {
    const listing = tree.listings.get(at)
    const note = noteOf(listing)
    const entries = listing && listing.kind !== 'failed' ? listing.entries : []
    for (const entry of entries.toSorted((a, b) => compare(a, b, order, collator))) {
      const isOpen = wanted === '' ? opened.has(entry.id) : false
      if (wanted === '' || entry.name.toLocaleLowerCase(locale).includes(wanted)) {
        lines.push({ kind: 'entry', entry, depth: wanted === '' ? depth : 0, above, opened: isOpen })
      }
      if (isOpen || (wanted !== '' && entry.kind === 'folder')) add(entry.id, depth + 1, [...above, entry.name])
    }
    if (note && wanted === '') lines.push({ kind: 'note', id: `note ${at}`, depth, note })
  }

  add('top', 0, [])
  return lines
}

function noteOf(listing: Listing | undefined): Extract<FolderLine, { kind: 'note' }>['note'] | undefined {
  if (!listing || listing.kind === 'coming') return 'coming'
  if (listing.kind === 'failed') return listing.why
  if (listing.entries.length === 0) return 'empty'
  return listing.cut ? 'cut' : undefined
}

function compare(a: FolderEntry, b: FolderEntry, order: FolderOrder, collator: Intl.Collator): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1
  if (a.kind === 'file' && b.kind === 'file') {
    if (order === 'size' && a.size !== b.size) return b.size - a.size
    if (order === 'date' && a.modified !== b.modified) return b.modified - a.modified
  }
  return collator.compare(a.name, b.name)
}
