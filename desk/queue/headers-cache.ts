import { Dexie, type EntityTable } from 'dexie'
import * as v from 'valibot'
import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { TicketHeader } from '../../protocol/ticket.ts'
import { disk } from '../storage/disk.ts'

/** The headers that this technician's desk showed last: what can be read before the server answers. */
export type HeadersCache = {
  /** Those that do not fit the schema (written by another version) are left out. */
  read(): Promise<TicketHeader[]>
  /** Keeps these in place of those before; only what changed is written. Rejects where the disk does not take it. */
  keep(headers: Iterable<TicketHeader>): Promise<void>
}

/**
 * Headers that are written together. One row for each of 10 000 tickets takes 190 ms to read, all in one 26 ms, but then each change
 * writes all of them: so they lie on 64 shelves, by the first letter of their ids, which takes 40 ms.
 */
type Shelf = { technician: TechnicianId; letter: string; headers: TicketHeader[] }

/** The same version of a ticket has the same header, but for the first answer and where its details rest. */
type Versions = ReadonlyMap<TicketId, string>

const versionOf = ({ version, answeredAt, state }: TicketHeader) =>
  `${version} ${answeredAt ?? ''} ${state.kind === 'expired' && state.filed}`

export function openHeadersCache(technician: TechnicianId, until: AbortSignal): HeadersCache {
  const database = new Dexie('deskside-queue') as Dexie & { shelves: EntityTable<Shelf> }
  database.version(1).stores({ shelves: '[technician+letter], technician' })
  const kept = new Map<string, Versions>()
  until.addEventListener('abort', () => database.close(), { once: true })

  async function write(shelves: ReadonlyMap<string, TicketHeader[]>) {
    const changed = [...new Set([...shelves.keys(), ...kept.keys()])].filter(
      (letter) => !sameVersions(kept.get(letter), shelves.get(letter) ?? []),
    )
    if (changed.length === 0) return
    await database.shelves.bulkPut(
      changed.map((letter) => ({ technician, letter, headers: shelves.get(letter) ?? [] })),
    )
    for (const letter of changed) kept.set(letter, versionsOf(shelves.get(letter) ?? []))
  }

  return {
    async read() {
      const shelves = await database.shelves.where('technician').equals(technician).toArray()
      for (const { letter, headers } of shelves) kept.set(letter, versionsOf(headers))
      return shelves.flatMap(({ headers }) => headers.filter((header) => v.is(TicketHeader, header)))
    },
    async keep(headers) {
      const shelves = Map.groupBy(headers, ({ id }) => id.charAt(0))
      await disk.keep(`headers ${technician}`, 'lists', () => write(shelves))
    },
  }
}

const versionsOf = (headers: readonly TicketHeader[]): Versions =>
  new Map(headers.map((header) => [header.id, versionOf(header)]))

function sameVersions(kept: Versions = new Map(), headers: readonly TicketHeader[]): boolean {
  return kept.size === headers.length && headers.every((header) => kept.get(header.id) === versionOf(header))
}
