import { Phone } from 'lucide-preact'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import type { CallControl } from './call-control.ts'

/** In the chat, while a link is up and no call goes on. */
export function CallButton({ call, name }: { call: CallControl; name: string }) {
  const now = call.now.value
  if (!call.does || now?.call.kind !== 'none' || now.opening) return null
  const label = m.call_call({ name })
  return (
    <Button
      aria-label={label}
      title={label}
      aria-expanded={call.choosing.value}
      onClick={() => {
        call.does?.dismiss()
        call.choosing.value = !call.choosing.peek()
      }}
    >
      <Phone aria-hidden="true" />
    </Button>
  )
}
