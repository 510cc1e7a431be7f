import { useEffect, useState } from 'preact/hooks'
import type * as v from 'valibot'
import { browserName } from '../../desk/browser-name.ts'
import { m } from '../../paraglide/messages.js'
import type { SignInsReply } from '../../protocol/account.ts'
import { useWorkplace } from '../desk/context.ts'
import { Ago } from '../ui/ago.tsx'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountSection } from './account-section.tsx'
import { SignOut } from './sign-out.tsx'
import { SignOutEverywhere } from './sign-out-everywhere.tsx'

type SignInRow = v.InferOutput<typeof SignInsReply>['signIns'][number]

/** Where the account is signed in, and how to end that. */
export function DevicesSection() {
  const { server } = useWorkplace().desk
  const [signIns, setSignIns] = useState<readonly SignInRow[]>()
  const { refusal, submit } = useSubmission()

  const load = async (signal: AbortSignal) => setSignIns((await server.account.signIns(signal)).signIns)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the screen opens
  useEffect(() => void submit(load), [server])

  const end = (row: SignInRow) =>
    void submit(async (signal) => {
      await server.account.endSignIn(row.id, signal)
      await load(signal)
    })

  return (
    <AccountSection title={m.account_devices()}>
      <p>{m.devices_text()}</p>
      {refusal && <Refused refusal={refusal} />}
      <ul class="account-list">
        {signIns?.map((row) => (
          <Device key={row.id} row={row} onEnd={() => end(row)} />
        ))}
      </ul>
      <p>{m.account_sign_out_text()}</p>
      <div class="account-actions">
        <SignOut />
        <SignOutEverywhere />
      </div>
    </AccountSection>
  )
}

function Device({ row, onEnd }: { row: SignInRow; onEnd: () => void }) {
  const { browser, system } = browserName(row.userAgent)
  const name = [browser ?? m.devices_unknown(), system].filter(Boolean).join(' · ')
  return (
    <li>
      <div class="account-list-name">
        <p>{name}</p>
        <p class="field-hint">
          {row.address} · {m.devices_used()} <Ago at={row.lastUsedAt} />
        </p>
      </div>
      {row.current ? (
        <Pill tone="live">{m.devices_this()}</Pill>
      ) : (
        <Button onClick={onEnd} aria-label={m.devices_end_of({ name })}>
          {m.devices_end()}
        </Button>
      )}
    </li>
  )
}
