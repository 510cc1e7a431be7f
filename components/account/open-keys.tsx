import { useState } from 'preact/hooks'
import { openOwnVault } from '../../desk/keys/own-keys.ts'
import { m } from '../../paraglide/messages.js'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ConfirmPassword } from './confirm-password.tsx'
import { RecoveryCode } from './recovery-code.tsx'

/** Opens the keys of an account that is signed in here, but whose keys this browser has lost. */
export function OpenKeys({ onClose }: { onClose: () => void }) {
  const { desk } = useWorkplace()
  const me = useMe()
  const [made, setMade] = useState<string>()
  if (made) {
    return (
      <Dialog title={m.recovery_title()} onClose={() => {}}>
        <RecoveryCode code={made} of={me} onKept={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog title={m.keys_open()} onClose={onClose}>
      <ConfirmPassword
        action={m.keys_open()}
        onConfirm={async (keys, signal) => {
          const opened = await openOwnVault(desk.server, me.id, keys, signal)
          desk.keyrings.refresh()
          if (opened.kind === 'made') setMade(opened.recoveryCode)
          else onClose()
        }}
        onCancel={onClose}
      >
        <p>{m.keys_open_text()}</p>
      </ConfirmPassword>
    </Dialog>
  )
}
