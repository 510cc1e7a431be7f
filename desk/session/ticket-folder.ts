import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { FileExchange } from '../../peer/files/exchange.ts'
import type { TechnicianTalk } from '../../peer/live-link.ts'
import { randomId } from '../../peer/random-id.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import { type EntryId, FetchId, type FolderFault } from '../../protocol/folder.ts'
import { type FolderTree, mayBe, nextTree } from './folder-tree.ts'

/** The folder of a ticket's customer, while it is shared. */
export type TicketFolder = {
  /** As far as it was opened. */
  readonly tree: ReadonlySignal<FolderTree | undefined>
  /** Why the last fetch did not begin. */
  readonly problem: ReadonlySignal<FolderFault | undefined>
  /** Asks what is in the folder, or in one of its folders; again, where it was asked before. */
  open(consent: ConsentId, entry?: EntryId): void
  /** Fetches files, and folders with all that is in them. `into`: a folder of this computer; without one they wait to be saved. */
  fetch(consent: ConsentId, entries: readonly EntryId[], into?: FileSystemDirectoryHandle): void
  part(link: TechnicianTalk): void
  /** The session is over: nothing is shared any more. */
  over(): void
}

type Asked = { consent: ConsentId; entries: EntryId[] }

export function ticketFolder({ expect, accept }: Pick<FileExchange, 'expect' | 'accept'>): TicketFolder {
  const tree = signal<FolderTree | undefined>(undefined)
  const problem = signal<FolderFault | undefined>(undefined)
  /** Fetches that are not offered yet. */
  const fetches = new Map<FetchId, Asked>()
  let link: TechnicianTalk | undefined

  function open(consent: ConsentId, entry?: EntryId) {
    const now = tree.peek()
    tree.value = nextTree(now?.consent === consent ? now : { consent, listings: new Map() }, { type: 'asked', entry })
    link?.send({ type: 'folder-list', consent, ...(entry !== undefined && { entry }) })
  }

  return {
    tree,
    problem,
    open,
    fetch(consent, entries, into) {
      problem.value = undefined
      const fetch = v.parse(FetchId, randomId())
      const asked = { consent, entries: [...entries] }
      fetches.set(fetch, asked)
      expect(fetch, (offer) => {
        // Not after it failed, or the session was over; and what is more than was asked for is asked.
        if (!fetches.delete(fetch) || !mayBe(offer, entries, tree.peek())) return undefined
        return () => void accept(offer.id, into)
      })
      link?.send({ type: 'folder-fetch', fetch, ...asked })
    },
    part(live) {
      link = live
      live.signal.addEventListener('abort', () => {
        if (link === live) link = undefined
      })
      live.on('folder-entries', (message) => {
        const now = tree.peek()
        if (now?.consent === message.consent) tree.value = nextTree(now, { type: 'came', message })
      })
      live.on('folder-failed', ({ consent, entry, fetch, why }) => {
        const now = tree.peek()
        if (fetch !== undefined) {
          if (fetches.delete(fetch)) problem.value = why
        } else if (now?.consent === consent) tree.value = nextTree(now, { type: 'failed', entry, why })
      })
      // What was asked on the last link, and not answered.
      const before = tree.peek()
      for (const [at, { kind }] of before?.listings ?? []) {
        if (before && kind === 'coming') open(before.consent, at === 'top' ? undefined : at)
      }
      for (const [fetch, asked] of fetches) live.send({ type: 'folder-fetch', fetch, ...asked })
    },
    over() {
      link = undefined
      fetches.clear()
      tree.value = undefined
      problem.value = undefined
    },
  }
}
