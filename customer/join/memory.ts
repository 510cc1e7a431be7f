import * as v from 'valibot'
import { Lookup, Secret, Token } from '../../protocol/ids.ts'
import { Thread } from './thread.ts'

/** What this tab keeps over a reload, and nowhere else: the code, the token of the seat, and the chat. */
const SeatMemory = v.strictObject({ code: v.strictObject({ lookup: Lookup, secret: Secret }), token: Token })
export type SeatMemory = v.InferOutput<typeof SeatMemory>

const SEAT = 'deskside.seat'
const THREAD = 'deskside.thread'

export const seatMemory = {
  read: () => read(SEAT, SeatMemory),
  write: (seat: SeatMemory | undefined) => write(SEAT, seat),
}

export const threadMemory = {
  read: () => read(THREAD, Thread),
  write: (thread: Thread | undefined) => write(THREAD, thread),
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
function write(key: string, value: SeatMemory | Thread | undefined) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value))
    else sessionStorage.removeItem(key)
  } catch {
    return
  }
}
