import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ticketFolder } from '../../../desk/session/ticket-folder.ts'
import type { Offered } from '../../../peer/files/transfers.ts'
import { randomId } from '../../../peer/random-id.ts'
import { ConsentId } from '../../../protocol/consent.ts'
import { TransferId } from '../../../protocol/files.ts'
import { EntryId, type FetchId, type FolderEntry } from '../../../protocol/folder.ts'
import { linkPair } from '../../peer/link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const consent = v.parse(ConsentId, 'C'.repeat(22))
const id = (letter: string) => v.parse(EntryId, letter.repeat(22))
const ENTRIES: FolderEntry[] = [
  { kind: 'file', id: id('a'), name: 'notes.txt', size: 3000, modified: 1 },
  { kind: 'folder', id: id('b'), name: 'photos' },
]

/** A desk that has listed a folder, and a page that may say whatever it likes. */
async function session() {
  const expected = new Map<FetchId, (offer: Offered) => (() => void) | undefined>()
  const accepted: TransferId[] = []
  const folder = ticketFolder({
    expect: (fetch, take) => void expected.set(fetch, take),
    accept: async (transfer) => void accepted.push(transfer),
  })
  const { technician, customer } = linkPair(life.signal)
  customer.on('folder-list', () => customer.send({ type: 'folder-entries', consent, entries: ENTRIES, end: 'all' }))
  folder.part(technician)
  folder.open(consent)
  await settled()
  const fetched = (...picked: EntryId[]) => {
    folder.fetch(consent, picked)
    const [fetch, take] = [...expected].at(-1) ?? []
    if (!fetch || !take) throw new Error('nothing is expected')
    const offered = (change: Partial<Offered> = {}) => {
      const offer = { id: v.parse(TransferId, randomId()), count: 1, bytes: 3000, ...change }
      take(offer)?.()
      return accepted.includes(offer.id)
    }
    return { fetch, offered }
  }
  return { folder, fetched, customer }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10))

test('S11 what was asked for comes without a question, once; a file may have grown a little', async () => {
  const { fetched } = await session()
  const notes = fetched(id('a'))
  expect(notes.offered({ bytes: 3100 })).toBe(true)
  expect(notes.offered()).toBe(false)
  expect(fetched(id('a'), id('b')).offered({ count: 40, bytes: 5e9 })).toBe(true)
})

test('S11 what is offered in its place, and is more, is asked as any other offer', async () => {
  const { fetched } = await session()
  expect(fetched(id('a')).offered({ count: 90_000 })).toBe(false)
  expect(fetched(id('a')).offered({ bytes: 16e9 })).toBe(false)
})

test('S11 after it was said that it failed, or when the session is over, nothing comes by itself', async () => {
  const { folder, fetched, customer } = await session()
  const failed = fetched(id('a'))
  customer.send({ type: 'folder-failed', consent, fetch: failed.fetch, why: 'unreadable' })
  await settled()
  expect(folder.problem.value).toBe('unreadable')
  expect(failed.offered()).toBe(false)
  const open = fetched(id('a'))
  folder.over()
  expect(open.offered()).toBe(false)
})
