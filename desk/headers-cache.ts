import { get, set } from 'idb-keyval'
import * as v from 'valibot'
import type { TechnicianId } from '../protocol/ids.ts'
import { TicketHeader } from '../protocol/ticket.ts'
import { lazyStore } from './lazy-store.ts'

const Headers = v.array(TicketHeader)

const store = lazyStore('deskside-headers', 'headers')

/** The headers that this technician's desk showed last: what can be read before the server answers. */
export async function readHeaders(technician: TechnicianId): Promise<readonly TicketHeader[]> {
  const kept = v.safeParse(Headers, await get<unknown>(technician, store()))
  return kept.success ? kept.output : []
}

export const keepHeaders = (technician: TechnicianId, headers: readonly TicketHeader[]) =>
  set(technician, headers, store())
