import { m } from '../../paraglide/messages.js'
import type { Join } from './join.ts'
import { later } from './later.ts'

/** A call with the technician, above the chat. */
export function CallCard({ join: { call }, name }: { join: Join; name: string }) {
  const parts = later.value
  const now = call.now.value
  const last = now?.call.kind === 'none' && now.call.last !== undefined && now.call.last.kind !== 'here'
  const wanted =
    now !== undefined &&
    (now.call.kind !== 'none' || now.opening || now.fault !== undefined || call.choosing.value || last)
  if (!wanted) return null
  if (!parts) return <p role="status">{m.call_label()}</p>
  return <parts.CustomerCallView call={call} name={name} />
}
