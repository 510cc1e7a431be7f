import { get, set } from 'idb-keyval'
import * as v from 'valibot'
import type { TechnicianId } from '../../protocol/ids.ts'
import { PeopleReply } from '../../protocol/people.ts'
import { disk } from '../storage/disk.ts'
import { lazyStore } from '../storage/lazy-store.ts'

const store = lazyStore('deskside-people', 'people')

/** How the groups and the people were when this technician's desk last heard: their names, before the server answers. */
export async function readPeople(technician: TechnicianId): Promise<PeopleReply | undefined> {
  const kept = v.safeParse(PeopleReply, await get<unknown>(technician, store()))
  return kept.success ? kept.output : undefined
}

/** Rejects, never throws, where the browser has no disk for it. */
export async function keepPeople(technician: TechnicianId, people: PeopleReply): Promise<void> {
  await disk.keep(`people ${technician}`, 'lists', () => set(technician, people, store()))
}
