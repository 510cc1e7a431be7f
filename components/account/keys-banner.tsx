import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { OpenKeys } from './open-keys.tsx'

/** Says that this browser is signed in without the account's keys, and opens them. */
export function KeysBanner() {
  const { desk } = useWorkplace()
  const [opening, open] = useState(false)
  const state = desk.keyrings.state.value
  const missing = state.kind === 'known' && [...state.groups.values()].some(({ kind }) => kind === 'no-keys-here')
  if (!missing && !opening) return null
  return (
    <>
      <Notice
        tone="waiting"
        title={m.keys_banner()}
        actions={<Button onClick={() => open(true)}>{m.keys_open()}</Button>}
      >
        {m.keys_closed_text()}
      </Notice>
      {opening && <OpenKeys onClose={() => open(false)} />}
    </>
  )
}
