import type { Call } from '../../peer/call/call-rules.ts'
import type { Time } from '../../protocol/ids.ts'
import type { CaseEvent } from '../case/case-entry.ts'

type Line = { what: Extract<CaseEvent['what'], `call-${string}`>; lastedMs: number | undefined }

/** Makes of a call, followed from state to state, the one line that stays with the ticket when it is over: who called, and for how long. */
export function callLine(): (call: Call, now: Time) => Line | undefined {
  let what: Line['what'] | undefined
  let since: Time | undefined
  return (call, now) => {
    if (call.kind === 'asking') what ??= 'call-to-customer'
    if (call.kind === 'ringing') what ??= 'call-from-customer'
    if (call.kind === 'on') since = call.since
    if (call.kind !== 'none' || what === undefined) return undefined
    const line = { what, lastedMs: since === undefined ? undefined : Math.max(0, now - since) }
    what = undefined
    since = undefined
    return line
  }
}
