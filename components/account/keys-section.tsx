import { useState } from 'preact/hooks'
import type { GroupKeys } from '../../desk/keys/keyring-sharing.ts'
import { renewRecoveryCode } from '../../desk/keys/own-keys.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Pill } from '../ui/pill.tsx'
import { AccountSection } from './account-section.tsx'
import { BeginAnew } from './begin-anew.tsx'
import { ConfirmPassword } from './confirm-password.tsx'
import { OpenKeys } from './open-keys.tsx'
import { RecoveryCode } from './recovery-code.tsx'

type Task =
  | { kind: 'confirm' }
  | { kind: 'show'; code: string }
  | { kind: 'open' }
  | { kind: 'anew'; group: GroupId; name: string }

/** The keys of the own groups, and the printed way back to them. */
export function KeysSection() {
  const { desk } = useWorkplace()
  const { organisation, email, admin } = useMe()
  const [task, begin] = useState<Task>()
  const close = () => begin(undefined)
  const keyrings = desk.keyrings.state.value
  const names = new Map(desk.people.latest.value?.groups.map(({ id, name }) => [id, name]))
  const groups = keyrings.kind === 'known' ? [...keyrings.groups] : []
  const nameOf = (group: GroupId) => names.get(group) ?? m.keys_group_unnamed()
  const kinds = new Set(groups.map(([, { kind }]) => kind))
  return (
    <AccountSection title={m.account_keys()}>
      <p>{m.keys_text()}</p>
      <ul class="account-list">
        {groups.map(([group, keys]) => (
          <li key={group}>
            <span class="account-list-name">{nameOf(group)}</span>
            <KeysState keys={keys} />
            {admin && keys.kind === 'waiting-for-a-colleague' && (
              <Button
                aria-label={m.keys_anew_of({ group: nameOf(group) })}
                onClick={() => begin({ kind: 'anew', group, name: nameOf(group) })}
              >
                {m.keys_anew()}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {keyrings.kind === 'known' && groups.length === 0 && <p>{m.keys_no_groups()}</p>}
      {kinds.has('waiting-for-a-colleague') && <p>{m.keys_waiting_text()}</p>}
      {kinds.has('no-keys-here') && (
        <>
          <p>{m.keys_closed_text()}</p>
          <div class="account-actions">
            <Button kind="primary" onClick={() => begin({ kind: 'open' })}>
              {m.keys_open()}
            </Button>
          </div>
        </>
      )}
      <h3>{m.recovery_sheet()}</h3>
      <p>{m.recovery_anew_text()}</p>
      <div class="account-actions">
        <Button onClick={() => begin({ kind: 'confirm' })}>{m.recovery_anew()}</Button>
      </div>
      {task?.kind === 'open' && <OpenKeys onClose={close} />}
      {task?.kind === 'anew' && <BeginAnew {...task} onClose={close} />}
      {task?.kind === 'confirm' && (
        <Dialog title={m.recovery_anew()} onClose={close}>
          <ConfirmPassword
            action={m.setup_continue()}
            onConfirm={async (keys, signal) =>
              begin({ kind: 'show', code: await renewRecoveryCode(desk.server, keys, signal) })
            }
            onCancel={close}
          >
            <p>{m.recovery_anew_text()}</p>
          </ConfirmPassword>
        </Dialog>
      )}
      {task?.kind === 'show' && (
        <Dialog title={m.recovery_title()} onClose={() => {}}>
          <RecoveryCode code={task.code} of={{ organisation, email }} onKept={close} />
        </Dialog>
      )}
    </AccountSection>
  )
}

function KeysState({ keys }: { keys: GroupKeys }) {
  switch (keys.kind) {
    case 'ready':
      return <Pill tone="live">{m.keys_ready()}</Pill>
    case 'waiting-for-a-colleague':
      return <Pill tone="waiting">{m.keys_waiting()}</Pill>
    case 'no-keys-here':
      return <Pill tone="stop">{m.keys_closed()}</Pill>
  }
}
