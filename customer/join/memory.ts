import * as v from 'valibot'
import { Consent } from '../../protocol/consent.ts'
import { Lookup, Secret, Token } from '../../protocol/ids.ts'
import { Thread } from './thread.ts'

/** What this tab keeps over a reload, and nowhere else: the code, the token of the seat, the chat, and what was allowed. */
const SeatMemory = v.strictObject({ code: v.strictObject({ lookup: Lookup, secret: Secret }), token: Token })
export type SeatMemory = v.InferOutput<typeof SeatMemory>

const ConsentMemory = v.strictObject({ lookup: Lookup, list: v.array(Consent) })
export type ConsentMemory = v.InferOutput<typeof ConsentMemory>

const SEAT = 'deskside.seat'
const THREAD = 'deskside.thread'
const CONSENTS = 'deskside.consents'

export const seatMemory = {
  read: () => read(SEAT, SeatMemory),
  write: (seat: SeatMemory | undefined) => write(SEAT, seat),
}

export const threadMemory = {
  read: () => read(THREAD, Thread),
  write: (thread: Thread | undefined) => write(THREAD, thread),
}

export const consentMemory = {
  read: () => read(CONSENTS, ConsentMemory),
  write: (consents: ConsentMemory | undefined) => write(CONSENTS, consents),
}

function read<T>(key: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  try {
    const kept = v.safeParse(schema, JSON.parse(sessionStorage.getItem(key) ?? 'null'))
    return kept.success ? kept.output : undefined
  } catch {
    return undefined
  }
}

/** A browser that forbids storage only loses the reload. */
function write(key: string, value: SeatMemory | Thread | ConsentMemory | undefined) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value))
    else sessionStorage.removeItem(key)
  } catch {
    return
  }
}
