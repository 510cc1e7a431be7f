import { del, entries, set } from 'idb-keyval'
import * as v from 'valibot'
import { type Attempts, type AttemptsStore, NO_ATTEMPTS } from '../../peer/attempts.ts'
import { type TicketId, Time } from '../../protocol/ids.ts'
import { lazyStore } from '../storage/lazy-store.ts'

const Kept = v.strictObject({ wrong: v.pipe(v.number(), v.integer(), v.minValue(0)), last: Time })

const store = lazyStore('deskside-wrong-secrets', 'attempts')

/** All that are kept, read once: few tickets have any, and a long queue would ask the disk for each of its tickets. */
let reading: Promise<Map<unknown, unknown>> | undefined

function readAll(): Promise<Map<unknown, unknown>> {
  reading ??= entries<IDBValidKey, unknown>(store()).then(
    (kept) => new Map(kept),
    (error: unknown) => {
      reading = undefined
      throw error
    },
  )
  return reading
}

/** The wrong secrets that a ticket's code has seen, kept so that a reload gives nobody new guesses. */
export function wrongSecrets(ticket: TicketId, onChange: (attempts: Attempts) => void): AttemptsStore {
  return {
    async read() {
      const kept = v.safeParse(Kept, (await readAll()).get(ticket))
      const attempts = kept.success ? kept.output : NO_ATTEMPTS
      onChange(attempts)
      return attempts
    },
    async write(attempts) {
      await set(ticket, attempts, store())
      const kept = await readAll()
      kept.set(ticket, attempts)
      onChange(attempts)
    },
  }
}

export async function forgetWrongSecrets(ticket: TicketId): Promise<void> {
  await del(ticket, store())
  const kept = await readAll()
  kept.delete(ticket)
}
