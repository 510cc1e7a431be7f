import type { Signal } from '@preact/signals'
import { type LinkKind, linkKind } from '../../desk/account/address.ts'
import { m } from '../../paraglide/messages.js'
import { useMe } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { SignOut } from './sign-out.tsx'

/** A link that was brought to a desk at which somebody is signed in: whose desk it is, and how to go on. */
export function HandedNotice({ handed }: { handed: Signal<string | undefined> }) {
  const { name, organisation } = useMe()
  const kind = handed.value && linkKind(handed.value)
  if (!kind) return null
  return (
    <Notice
      tone="info"
      title={m.handed_title({ name, organisation })}
      actions={
        <>
          <SignOut />
          <Button onClick={() => (handed.value = undefined)}>{m.desk_dismiss()}</Button>
        </>
      }
    >
      {words[kind]()}
    </Notice>
  )
}

const words: Record<LinkKind, () => string> = {
  setup: () => m.handed_setup(),
  invitation: () => m.handed_invitation(),
  reset: () => m.handed_reset(),
}
