import type { NewAccount } from '../../desk/account/new-account.ts'
import { keepIdentity } from '../../desk/keys/identity.ts'
import type { SignedIn } from '../../protocol/account.ts'
import { RecoveryCode } from './recovery-code.tsx'

/** The last step of setup and sign-up: the recovery code; then the desk. */
export function NewAccountKept({ made, onKept }: { made: NewAccount; onKept: (reply: SignedIn) => void }) {
  const { reply, recoveryCode, identity } = made
  const { id, organisation, email } = reply.me
  return (
    <RecoveryCode
      code={recoveryCode}
      of={{ organisation, email }}
      onKept={() => void keepIdentity(id, identity).then(() => onKept(reply))}
    />
  )
}
