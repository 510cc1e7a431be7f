import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import * as Y from 'yjs'
import { openDetailsMap } from '../../../desk/queue/details-map.ts'
import { roomKeys, sealForRoom } from '../../../desk/rooms/room-seal.ts'
import { serverRooms } from '../../../desk/server/server-rooms.ts'
import { toBase64url } from '../../../peer/base64url.ts'
import { Details } from '../../../protocol/details.ts'
import { type GroupId, TicketId } from '../../../protocol/ids.ts'
import { queueRoom } from '../../../protocol/rooms.ts'
import { type Organisation, startOrganisation } from '../accounts/organisation.ts'
import { keyGroup } from '../rooms/group.ts'

/** So many tickets' details are in one entry of the mailbox. */
const BATCH = 5_000

const DAY_MS = 86_400_000
const FIRST = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Gudrun', 'Hana', 'Inès', 'Joaquín', 'Kofi', 'Lena']
const LAST = ['Abadi', 'Bergmann', 'Costa', 'Dupont', 'Eriksen', 'Fontaine', 'Garcia', 'Haddad', 'Ivanova', 'Jansen']
const THING = ['printer', 'scanner', 'mailbox', 'laptop', 'projector', 'phone', 'password', 'network drive', 'screen']
const TROUBLE = [
  'does not start',
  'hums since this morning',
  'asks for a code',
  'is slow',
  'lost its settings',
  'is dark',
]
const PRIORITY = ['low', 'normal', 'normal', 'normal', 'high', 'urgent'] as const

/** An organisation in whose one group so many tickets are open, with details as people write them. At most 100 000: so many codes there are. */
export async function startFull(tickets: number, signal: AbortSignal): Promise<Organisation> {
  const organisation = await startOrganisation({}, signal)
  const { group, keyring } = await keyGroup(organisation, signal)
  const ids = drawIds(tickets)
  insert(organisation, group, ids)
  const room = queueRoom(group)
  const keys = await roomKeys(keyring, room)
  const document = new Y.Doc()
  const updates: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => updates.push(update))
  writeDetails(document, ids, BATCH)
  for (const update of updates) {
    const sealed = toBase64url(await sealForRoom(keys, new Uint8Array(update)))
    await serverRooms(organisation.client).append(room, { sealed }, signal)
  }
  return organisation
}

export function drawIds(tickets: number): TicketId[] {
  return Array.from({ length: tickets }, () => v.parse(TicketId, randomBytes(16).toString('base64url')))
}

/** The details of these tickets, `batch` of them in each update. */
export function writeDetails(document: Y.Doc, ids: readonly TicketId[], batch: number): void {
  const map = openDetailsMap(document, () => undefined)
  for (let from = 0; from < ids.length; from += batch) {
    document.transact(() => {
      for (const [at, id] of ids.slice(from, from + batch).entries()) map.write(id, detailsOf(from + at))
    })
  }
}

/** Straight into the database: only what the desk does with them is measured. Every third one is the admin's own. */
function insert({ server, admin }: Organisation, group: GroupId, ids: readonly TicketId[]) {
  const database = new DatabaseSync(join(server.folder, 'data', 'deskside.sqlite'))
  const row = database.prepare(
    `insert into tickets (id, lookup, group_id, state, assignee, assigned_at, created_by, created_at, expires_at, version)
     values (?, ?, ?, 'open', ?, ?, ?, ?, ?, 1)`,
  )
  const now = Date.now()
  database.exec('begin')
  for (const [at, id] of ids.entries()) {
    const assignee = at % 3 === 0 ? admin.me.id : null
    const lookup = String(at).padStart(5, '0')
    row.run(id, lookup, group, assignee, assignee && now, admin.me.id, now - at * 1_000, now + 7 * DAY_MS)
  }
  database.exec('commit')
  database.close()
}

function detailsOf(at: number): Details {
  const pick = (words: readonly string[], by: number) => words[Math.floor(at / by) % words.length] ?? ''
  const name = `${pick(FIRST, 1)} ${pick(LAST, FIRST.length)}`
  return v.parse(Details, {
    secret: String((at * 7919) % 100_000).padStart(5, '0'),
    name,
    contact: `customer${at}@example.org`,
    request: `The ${pick(THING, 2)} in room ${at % 400} ${pick(TROUBLE, 3)}`,
    createdAt: Date.now() - at * 1_000,
    priority: PRIORITY[at % PRIORITY.length],
    tags: at % 5 === 0 ? ['hardware'] : [],
  })
}
