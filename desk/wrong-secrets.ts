import { del, get, set } from 'idb-keyval'
import * as v from 'valibot'
import { type Attempts, type AttemptsStore, NO_ATTEMPTS } from '../peer/attempts.ts'
import { type TicketId, Time } from '../protocol/ids.ts'
import { lazyStore } from './lazy-store.ts'

const Kept = v.strictObject({ wrong: v.pipe(v.number(), v.integer(), v.minValue(0)), last: Time })

const store = lazyStore('deskside-wrong-secrets', 'attempts')

/** The wrong secrets that a ticket's code has seen, kept so that a reload gives nobody new guesses. */
export function wrongSecrets(ticket: TicketId, onChange: (attempts: Attempts) => void): AttemptsStore {
  return {
    async read() {
      const kept = v.safeParse(Kept, await get<unknown>(ticket, store()))
      const attempts = kept.success ? kept.output : NO_ATTEMPTS
      onChange(attempts)
      return attempts
    },
    async write(attempts) {
      await set(ticket, attempts, store())
      onChange(attempts)
    },
  }
}

export const forgetWrongSecrets = (ticket: TicketId) => del(ticket, store())
