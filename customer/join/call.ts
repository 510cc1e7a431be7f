import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { CallActions, CallHandle, CallNow } from '../../peer/call/call-handle.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import { retried } from '../retried.ts'
import { keepCallLedger } from './call-ledger.ts'
import type { Permissions } from './permissions.ts'

/** The call with whoever helps. */
export type CustomerCall = {
  /** Undefined until its code is there. */
  readonly now: ReadonlySignal<CallNow | undefined>
  /** The person is asked how to call. */
  readonly choosing: Signal<boolean>
  readonly does: CallActions | undefined
  /** The session is over, or somebody else attends. */
  over(): void
  /** Fresh for a seat; the signal ends it. Its code comes with the link's, which must wait for `loaded`. */
  begin(signal: AbortSignal): { part: CustomerPart; loaded: Promise<unknown> }
}

type Work = { call: CallHandle; part: CustomerPart }

export function startCall(permissions: Pick<Permissions, 'list' | 'offer' | 'answer' | 'end'>): CustomerCall {
  const now = signal<CallNow | undefined>(undefined)
  const choosing = signal(false)
  let work: Work | undefined

  return {
    now,
    choosing,
    get does() {
      return work?.call
    },
    over: () => work?.call.over(),
    begin(until) {
      let begun: Work | undefined
      const loaded = retried(load).then((own) => {
        if (until.aborted) return
        begun = own
        work = own
        const { call } = own
        call.onChange(() => {
          if (call.now.call.kind !== 'none') choosing.value = false
          now.value = call.now
        }, until)
        now.value = call.now
        keepCallLedger({ call, permissions, signal: until })
        // What follows the call has stopped with the same signal.
        const end = () => {
          call.over()
          now.value = call.now
        }
        until.addEventListener('abort', end, { once: true })
      })
      return { part: (link, negotiation) => begun?.part(link, negotiation), loaded }
    },
  }
}

async function load(): Promise<Work> {
  const [{ createCall }, { customerCall }] = await Promise.all([
    import('../../peer/call/call.ts'),
    import('../../peer/call/customer-call.ts'),
  ])
  const call = createCall(() => false)
  return { call, part: customerCall(call) }
}
