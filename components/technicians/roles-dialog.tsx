import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { ChangeTechnicianRequest, TechnicianRow } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { InTurnNotice } from './in-turn-notice.tsx'
import { useInTurn } from './in-turn-state.ts'
import { manyOrName, PeopleNames } from './people-names.tsx'

/** `as-is`: they differ, and stay as they are. */
type Wanted = 'yes' | 'no' | 'as-is'

type Props = { technicians: readonly TechnicianRow[]; onDone: () => void; onClose: () => void }

/** Admin or technician, and whether a second step is required. */
export function RolesDialog({ technicians, onDone, onClose }: Props) {
  const { people, me } = useWorkplace().desk
  const admins = common(technicians.map(({ admin }) => admin))
  const required = common(technicians.map(({ twoStep }) => twoStep.required))
  const [admin, setAdmin] = useState(admins)
  const [twoStep, setTwoStep] = useState(required)
  const { state, run, stop } = useInTurn<TechnicianRow>(() => {
    announce(m.people_done())
    onDone()
  })
  const names = technicians.map(({ name }) => name)
  const self = admin === 'no' && technicians.some(({ id, admin: now }) => id === me.id && now)

  async function begin() {
    const changed = technicians.filter((row) => Object.keys(changesOf(row, admin, twoStep)).length > 0)
    await run(changed, (row) => people.server.changeTechnician(row.id, changesOf(row, admin, twoStep)))
    await people.refresh()
  }

  const options = (yes: string, no: string, mixed: boolean): { value: Wanted; name: string }[] => [
    ...(mixed ? [{ value: 'as-is' as const, name: m.people_roles_as_is() }] : []),
    { value: 'yes', name: yes },
    { value: 'no', name: no },
  ]
  return (
    <Dialog title={m.people_roles_title({ who: manyOrName(names, m.people_technicians_count) })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (state.kind === 'not-begun') void begin()
        }}
      >
        <PeopleNames names={names} />
        <Choices
          legend={m.people_column_role()}
          chosen={admin}
          options={options(m.people_role_admin_does(), m.people_role_technician_does(), admins === 'as-is')}
          onChoose={setAdmin}
          stacked
        />
        {self && <p class="field-error">{m.people_roles_self()}</p>}
        <Choices
          legend={m.people_two_step()}
          chosen={twoStep}
          options={options(m.people_roles_required(), m.people_roles_not_required(), required === 'as-is')}
          onChoose={setTwoStep}
          stacked
        />
        <p class="field-hint">{m.people_roles_two_step_hint()}</p>
        <InTurnNotice state={state} nameOf={({ name }) => name} />
        <div class="dialog-actions">
          {state.kind === 'running' ? (
            <Button onClick={stop}>{m.people_stop()}</Button>
          ) : (
            <Button onClick={onClose}>{state.kind === 'over' ? m.desk_close() : m.desk_cancel()}</Button>
          )}
          {state.kind !== 'over' && (
            <Button kind="primary" type="submit" aria-disabled={state.kind === 'running'}>
              {m.people_save()}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function common(values: readonly boolean[]): Wanted {
  if (values.every(Boolean)) return 'yes'
  return values.some(Boolean) ? 'as-is' : 'no'
}

/** Only what differs from what the technician has. */
function changesOf(row: TechnicianRow, admin: Wanted, twoStep: Wanted): ChangeTechnicianRequest {
  const adminChange = admin === 'as-is' || (admin === 'yes') === row.admin ? {} : { admin: admin === 'yes' }
  const same = twoStep === 'as-is' || (twoStep === 'yes') === row.twoStep.required
  return same ? adminChange : { ...adminChange, twoStepRequired: twoStep === 'yes' }
}
