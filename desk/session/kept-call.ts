import { del, get, set } from 'idb-keyval'
import * as v from 'valibot'
import { TicketId, Time } from '../../protocol/ids.ts'
import { lazyStore } from '../storage/lazy-store.ts'

/**
 * The call that goes on, on this browser's disk: the line that it leaves is written by the next page where this one is loaded anew,
 * closed or crashes. `seen`: when it was there last.
 */
const KeptCall = v.strictObject({
  ticket: TicketId,
  what: v.picklist(['call-to-customer', 'call-from-customer']),
  since: Time,
  seen: Time,
})
export type KeptCall = v.InferOutput<typeof KeptCall>

/** So exact is the length of a call whose page went, in ms. */
const BEAT_MS = 2000
const KEY = 'now'
const store = lazyStore('deskside-calls', 'calls')

/** Told of the call of a ticket that was taken up, and of its end. There is one at a time. */
export function keepCall(
  ticket: TicketId,
  until: AbortSignal,
): (call: Pick<KeptCall, 'what' | 'since'> | undefined) => void {
  let beat: ReturnType<typeof setInterval> | undefined
  until.addEventListener('abort', () => clearInterval(beat), { once: true })
  return (call) => {
    clearInterval(beat)
    if (!call) return forget()
    const { what, since } = call
    const write = () => {
      set(KEY, { ticket, what, since, seen: Date.now() } satisfies KeptCall, store()).catch(() => {})
    }
    write()
    beat = setInterval(write, BEAT_MS)
  }
}

/** The call that went on when the page before this one went; for whoever asks first. */
export async function takeKeptCall(): Promise<KeptCall | undefined> {
  const kept = v.safeParse(KeptCall, await get(KEY, store()).catch(() => undefined))
  forget()
  return kept.success ? kept.output : undefined
}

/** A disk that does not answer costs a line, and nothing else. */
function forget() {
  del(KEY, store()).catch(() => {})
}
