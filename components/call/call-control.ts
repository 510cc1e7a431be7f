import type { ReadonlySignal, Signal } from '@preact/signals'
import type { CallActions, CallNow } from '../../peer/call/call-handle.ts'

/** A call as the interface uses it, the same on both sides. */
export type CallControl = {
  readonly now: ReadonlySignal<CallNow | undefined>
  /** The person is asked how to call. */
  readonly choosing: Signal<boolean>
  readonly does: CallActions | undefined
}
