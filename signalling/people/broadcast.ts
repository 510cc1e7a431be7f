import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'

/** When technicians will next be told that people changed; undefined: nothing is waiting. */
export type PeopleNews = { dueAt: number; timer: NodeJS.Timeout } | undefined

const SOON_MS = 100

/** What changes by itself again and again, such as who is online, or where 500 mails are, is told less often. */
export const LATER_MS = 1_000

/**
 * Tells every technician's socket that people changed, within `withinMs`: changes that come close together are told once.
 * Call it when the change is in the database.
 */
export function broadcastPeople({ live }: Pick<Services, 'live'>, withinMs: number = SOON_MS): void {
  const dueAt = performance.now() + withinMs
  if (live.peopleNews && live.peopleNews.dueAt <= dueAt) return
  clearTimeout(live.peopleNews?.timer)
  const timer = setTimeout(() => {
    live.peopleNews = undefined
    for (const peer of live.technicians) tellTechnician(peer, { type: 'people' })
  }, withinMs)
  // It holds up nobody who stops.
  timer.unref()
  live.peopleNews = { dueAt, timer }
}
