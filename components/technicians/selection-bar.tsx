import { useState } from 'preact/hooks'
import type { PeopleView, Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group, InvitationRow, TechnicianRow } from '../../protocol/people.ts'
import { Button } from '../ui/button.tsx'
import type { Selection } from '../ui/selection.ts'
import { ChangeDialog, type PeopleChange } from './change-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { RolesDialog } from './roles-dialog.tsx'

type Open =
  | { kind: 'move'; technicians: TechnicianRow[] }
  | { kind: 'roles'; technicians: TechnicianRow[] }
  | PeopleChange

type Props = {
  selection: Selection<Person>
  view: PeopleView
  groups: readonly Group[]
  /** The bar has gone, and the focus with it. */
  onFinished: () => void
}

/** What may be done with the people selected; only what fits at least one of them. An open dialog outlives the selection. */
export function SelectionBar({ selection, view, groups, onFinished }: Props) {
  const [open, setOpen] = useState<Open>()
  const { items: people, hidden } = selection
  const technicians = people.flatMap((person) => (person.kind === 'technician' ? person.row : []))
  const active = technicians.filter((row) => row.active)
  const inactive = technicians.filter((row) => !row.active)
  const invitations = invitationsOf(people)
  const close = () => setOpen(undefined)
  const finish = () => {
    close()
    selection.clear()
    onFinished()
  }
  return (
    <>
      {people.length > 0 && (
        <section class="team-selection" aria-label={m.people_selection()}>
          <p role="status">
            {m.people_selected({ count: people.length })}
            {hidden > 0 && ` · ${m.people_selected_hidden({ count: hidden })}`}
          </p>
          {technicians.length > 0 && (
            <>
              <Button onClick={() => setOpen({ kind: 'move', technicians })}>{m.people_move()}</Button>
              <Button onClick={() => setOpen({ kind: 'roles', technicians })}>{m.people_edit_roles()}</Button>
            </>
          )}
          {active.length > 0 && (
            <Button onClick={() => setOpen({ kind: 'deactivate', technicians: active })}>
              {m.people_deactivate()}
            </Button>
          )}
          {inactive.length > 0 && (
            <Button onClick={() => setOpen({ kind: 'reactivate', technicians: inactive })}>
              {m.people_reactivate()}
            </Button>
          )}
          {invitations.length > 0 && (
            <>
              <Button onClick={() => setOpen({ kind: 'resend', invitations })}>{m.people_resend()}</Button>
              <Button onClick={() => setOpen({ kind: 'revoke', invitations })}>{m.people_revoke()}</Button>
            </>
          )}
          <Button kind="quiet" shortcut="Escape" onClick={finish}>
            {m.people_clear_selection()}
          </Button>
        </section>
      )}
      {open?.kind === 'move' && (
        <MoveDialog
          {...open}
          invited={invitations.length}
          view={view}
          groups={groups}
          onDone={finish}
          onClose={close}
        />
      )}
      {open?.kind === 'roles' && <RolesDialog {...open} onDone={finish} onClose={close} />}
      {open && open.kind !== 'move' && open.kind !== 'roles' && (
        <ChangeDialog change={open} onDone={finish} onClose={close} />
      )}
    </>
  )
}

function invitationsOf(people: readonly Person[]): InvitationRow[] {
  return people.flatMap((person) => (person.kind === 'invitation' ? person.row : []))
}
