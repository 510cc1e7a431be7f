import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'

/** The newest hash, to be kept where nobody who can write into the database can reach it. */
export function HeadButton() {
  const { log } = useWorkplace().desk
  const [said, say] = useState('')

  async function copy() {
    try {
      const { seq, hash } = await log.head()
      await navigator.clipboard.writeText(`${seq}.${hash}`)
      say(m.log_head_copied())
    } catch {
      say(m.copy_refused())
    }
  }

  return (
    <span class="log-head-copy">
      <Button kind="quiet" onClick={() => void copy()}>
        {m.log_head()}
      </Button>
      <span role="status">{said}</span>
    </span>
  )
}
