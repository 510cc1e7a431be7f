import type { Call } from '../../peer/call/call-rules.ts'
import type { Time } from '../../protocol/ids.ts'
import type { CaseEvent } from '../case/case-entry.ts'

type What = Extract<CaseEvent['what'], `call-${string}`>
type Line = { what: What; lastedMs: number | undefined }

/**
 * Makes of a call, followed from state to state, the one line that stays with the ticket when it is over: who called, and for how long.
 * @param keep told of a call when it is taken up, and when that one is over
 */
export function callLine(
  keep: (call: { what: What; since: Time } | undefined) => void,
): (call: Call, now: Time) => Line | undefined {
  let what: What | undefined
  let since: Time | undefined
  return (call, now) => {
    if (call.kind === 'asking') what ??= 'call-to-customer'
    if (call.kind === 'ringing') what ??= 'call-from-customer'
    if (call.kind === 'on' && what && since === undefined) {
      since = call.since
      keep({ what, since })
    }
    if (call.kind !== 'none' || what === undefined) return undefined
    // It never rang.
    if (call.last?.kind === 'resting') {
      what = undefined
      return undefined
    }
    const line = { what, lastedMs: since === undefined ? undefined : Math.max(0, now - since) }
    if (since !== undefined) keep(undefined)
    what = undefined
    since = undefined
    return line
  }
}
