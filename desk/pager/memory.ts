import { get, set } from 'idb-keyval'
import * as v from 'valibot'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { DuesTold } from '../queue/due-news.ts'
import { lazyStore } from '../storage/lazy-store.ts'
import { Calling, NOBODY_CALLED } from './calling.ts'

const DuesKept = v.set(v.string())

const store = lazyStore('deskside-pager', 'pager')

/** Whom this technician was called for. Read each time: the background that kept it may have been put to sleep since. */
export async function readCalling(technician: TechnicianId): Promise<Calling> {
  const kept = v.safeParse(Calling, await get<unknown>(technician, store()))
  return kept.success ? kept.output : NOBODY_CALLED
}

export const keepCalling = async (technician: TechnicianId, calling: Calling) => set(technician, calling, store())

const duesKey = (technician: TechnicianId) => `dues ${technician}`

/** What this technician was told of what is due. */
export async function readDues(technician: TechnicianId): Promise<DuesTold> {
  const kept = v.safeParse(DuesKept, await get<unknown>(duesKey(technician), store()))
  return kept.success ? kept.output : new Set()
}

export const keepDues = async (technician: TechnicianId, told: DuesTold) => set(duesKey(technician), told, store())
