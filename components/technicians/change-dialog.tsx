import type { ServerPeople } from '../../desk/server/server-people.ts'
import { m } from '../../paraglide/messages.js'
import type { InvitationRow, TechnicianRow } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { InTurnNotice } from './in-turn-notice.tsx'
import { useInTurn } from './in-turn-state.ts'
import { manyOrName, PeopleNames } from './people-names.tsx'

/** What is asked once before it is done. */
export type PeopleChange =
  | { kind: 'deactivate' | 'reactivate'; technicians: readonly TechnicianRow[] }
  | { kind: 'resend' | 'revoke'; invitations: readonly InvitationRow[] }

type Props = { change: PeopleChange; onDone: () => void; onClose: () => void }

type Item = { name: string; ask: (server: ServerPeople) => Promise<unknown> }

/** Asks whether to deactivate, reactivate, resend or revoke, then does it for one after the other. */
export function ChangeDialog({ change, onDone, onClose }: Props) {
  const { people, me } = useWorkplace().desk
  const items = itemsOf(change)
  const words = wordsOf(change, items)
  const { state, run, stop } = useInTurn<Item>(() => {
    announce(m.people_done())
    onDone()
  })
  const self = change.kind === 'deactivate' && change.technicians.some(({ id }) => id === me.id)

  async function begin() {
    await run(items, (item) => item.ask(people.server))
    await people.refresh()
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <PeopleNames names={items.map(({ name }) => name)} />
      <p>{words.text}</p>
      {self && <p class="field-error">{m.people_deactivate_self()}</p>}
      <InTurnNotice state={state} nameOf={({ name }) => name} />
      <div class="dialog-actions">
        {state.kind === 'running' ? (
          <Button onClick={stop}>{m.people_stop()}</Button>
        ) : (
          <Button onClick={onClose}>{state.kind === 'over' ? m.desk_close() : m.desk_cancel()}</Button>
        )}
        {state.kind !== 'over' && (
          <Button
            kind={change.kind === 'deactivate' || change.kind === 'revoke' ? 'stop' : 'primary'}
            aria-disabled={state.kind === 'running'}
            onClick={() => state.kind === 'not-begun' && void begin()}
          >
            {words.button}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function itemsOf(change: PeopleChange): Item[] {
  switch (change.kind) {
    case 'deactivate':
    case 'reactivate':
      return change.technicians.map(({ id, name }) => ({
        name,
        ask: (server) => server.changeTechnician(id, { active: change.kind === 'reactivate' }),
      }))
    case 'resend':
      return change.invitations.map(({ id, email }) => ({ name: email, ask: (server) => server.resendInvitation(id) }))
    case 'revoke':
      return change.invitations.map(({ id, email }) => ({ name: email, ask: (server) => server.revokeInvitation(id) }))
  }
}

function wordsOf({ kind }: PeopleChange, items: readonly Item[]): { title: string; text: string; button: string } {
  const who = manyOrName(
    items.map(({ name }) => name),
    kind === 'resend' || kind === 'revoke' ? m.people_invitations_count : m.people_technicians_count,
  )
  switch (kind) {
    case 'deactivate':
      return {
        title: m.people_deactivate_title({ who }),
        text: m.people_deactivate_text(),
        button: m.people_deactivate(),
      }
    case 'reactivate':
      return {
        title: m.people_reactivate_title({ who }),
        text: m.people_reactivate_text(),
        button: m.people_reactivate(),
      }
    case 'resend':
      return { title: m.people_resend_title({ who }), text: m.people_resend_text(), button: m.people_resend() }
    case 'revoke':
      return { title: m.people_revoke_title({ who }), text: m.people_revoke_text(), button: m.people_revoke() }
  }
}
