import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'

type Loaded = typeof import('../../components/call/customer-call-view.tsx')

/** A call with the technician, above the chat. What shows it is loaded when there is one. */
export function CallCard({ join: { call }, name }: { join: Join; name: string }) {
  const [view, setView] = useState<Loaded>()
  const now = call.now.value
  const last = now?.call.kind === 'none' && now.call.last !== undefined && now.call.last.kind !== 'here'
  const wanted =
    now !== undefined &&
    (now.call.kind !== 'none' || now.opening || now.fault !== undefined || call.choosing.value || last)
  useEffect(() => {
    if (wanted && !view) void import('../../components/call/customer-call-view.tsx').then(setView, () => {})
  }, [wanted, view])
  if (!wanted) return null
  if (!view) return <p role="status">{m.call_label()}</p>
  return <view.CustomerCallView call={call} name={name} />
}
