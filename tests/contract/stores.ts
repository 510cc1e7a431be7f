import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { GroupId, Lookup, TechnicianId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { openAuth } from '../../signalling/auth.ts'
import { type Log, openLog } from '../../signalling/log.ts'
import { addGroup } from '../../signalling/store/groups.ts'
import { joinGroups } from '../../signalling/store/members.ts'
import { openPostgres } from '../../signalling/store/postgres.ts'
import { openSqlite } from '../../signalling/store/sqlite.ts'
import type { Store } from '../../signalling/store/store.ts'
import { openTicket } from '../../signalling/tickets/ticket.ts'
import { drawTicketId } from '../../signalling/tokens.ts'
import { dropPostgres, makePostgres, postgresUrl } from '../signalling/support/database.ts'
import { temporaryFolder } from '../signalling/support/server.ts'

export const silent: Log = openLog({ logLevel: 'silent' })

/** Somewhere for one database, which `open` opens, again after it was closed. */
export type Place = { open(): Promise<Store> }

/** Every kind of store. What a test says of one it says of all. */
export const kinds: { name: string; place(): Promise<Place> }[] = [
  {
    name: 'SQLite',
    async place() {
      const folder = await temporaryFolder()
      return { open: () => closedWithTest(openSqlite(folder)) }
    },
  },
  {
    name: 'PostgreSQL',
    async place() {
      const url = await emptyPostgres()
      return { open: () => closedWithTest(openPostgres(url, silent, () => undefined)) }
    },
  },
]

/** The address of an empty database, which goes with the test. */
export async function emptyPostgres(): Promise<string> {
  const name = `c${randomBytes(12).toString('hex')}`
  await makePostgres(name)
  onTestFinished(() => dropPostgres(name))
  return postgresUrl(name)
}

async function closedWithTest(opening: Promise<Store>): Promise<Store> {
  const store = await opening
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= store.close()
    return closing
  }
  onTestFinished(close)
  return { ...store, close }
}

export type Desk = { store: Store; group: GroupId; people: TechnicianId[] }

/** A group of so many. Nobody can sign in: a hash each would be slow on purpose. */
export async function openDesk(place: Place, count: number): Promise<Desk> {
  const store = await place.open()
  const auth = await openAuth(store, 's'.repeat(43))
  const { id: group } = await addGroup(store.db, 'Support', 1)
  const people: TechnicianId[] = []
  for (let at = 0; at < count; at += 1) {
    const rights = { admin: false, language: 'en', twoStepRequired: false } as const
    const account = { name: `Person ${at}`, email: `${at}@example.org`, signInKeyHash: 'none', ...rights }
    await store.db.transaction().execute(async (trx) => {
      const id = await auth.addAccount(trx, account)
      await joinGroups(trx, id, [group])
      people.push(id)
    })
  }
  return { store, group, people }
}

/** An open ticket that nobody has; not in the store yet. */
export function newTicket(group: GroupId, lookup: string): TicketHeader {
  return openTicket({
    id: drawTicketId(),
    lookup: lookup as Lookup,
    group,
    assignee: null,
    now: 1_000,
    lifeMs: 1_000_000,
  })
}
