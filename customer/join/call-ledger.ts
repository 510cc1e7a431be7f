import type { CallHandle } from '../../peer/call/call-handle.ts'
import type { DeviceKind } from '../../peer/call/devices.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { Permissions } from './permissions.ts'

type Parts = {
  call: Pick<CallHandle, 'now' | 'onChange' | 'drop'>
  permissions: Pick<Permissions, 'list' | 'offer' | 'answer' | 'end'>
  signal: AbortSignal
}

const KINDS: readonly DeviceKind[] = ['microphone', 'camera']

/** Writes from when to when the technician could hear and see the customer. Muted, or with the camera off, it still holds. */
export function keepCallLedger({ call, permissions, signal }: Parts): void {
  const { list } = permissions
  const held = new Map<DeviceKind, ConsentId>()
  let before = call.now.call.kind

  const question = (kind: DeviceKind) => list.peek().find(({ what, state }) => what === kind && state.kind === 'asked')

  function follow() {
    const { call: now, mine } = call.now
    for (const kind of KINDS) {
      const allowed = held.get(kind)
      const asked = question(kind)
      const given = now.kind === 'on' && mine[kind] !== 'none'
      if (given && allowed === undefined) {
        if (asked) permissions.answer(asked.id, true)
        const id = asked?.id ?? permissions.offer(kind)
        if (id) held.set(kind, id)
        else call.drop(kind)
      } else if (!given && allowed !== undefined) {
        held.delete(kind)
        permissions.end(allowed)
      } else if (asked && !given && (now.kind === 'on' || (before === 'ringing' && now.kind === 'none'))) {
        permissions.answer(asked.id, false)
      }
    }
    before = now.kind
  }

  call.onChange(follow, signal)
  const unsubscribe = list.subscribe((consents) => {
    for (const kind of KINDS) {
      const { state } = consents.find(({ id }) => id === held.get(kind)) ?? {}
      if (state?.kind === 'ended') {
        held.delete(kind)
        call.drop(kind)
      }
      // Asked for beside a call, or after its answer: it is answered by the call alone.
      const asked = question(kind)
      if (asked && call.now.call.kind === 'on' && !held.has(kind)) permissions.answer(asked.id, false)
    }
  })
  signal.addEventListener('abort', unsubscribe, { once: true })
}
