import { useState } from 'preact/hooks'
import type { PeopleView } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId } from '../../protocol/ids.ts'
import type { Group, MoveRequest, TechnicianRow } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { GroupChoice } from './group-choice.tsx'
import { manyOrName, PeopleNames } from './people-names.tsx'

/** `move`: they leave the group that one looks at, or all of theirs where one looks at everybody. */
type Way = 'move' | 'add' | 'remove'

type Props = {
  technicians: readonly TechnicianRow[]
  /** So many invitations are selected too; they keep their groups. */
  invited: number
  view: PeopleView
  groups: readonly Group[]
  onDone: () => void
  onClose: () => void
}

/** Moves technicians between groups, for all of them at once or for none. */
export function MoveDialog({ technicians, invited, view, groups, onDone, onClose }: Props) {
  const { people } = useWorkplace().desk
  const [way, setWay] = useState<Way>('move')
  const [chosen, choose] = useState<ReadonlySet<GroupId>>(new Set())
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const from = view.kind === 'group' ? groups.find(({ id }) => id === view.group) : undefined
  // Out of the group that one looks at: there is nothing to choose.
  const leavesOnly = way === 'remove' && from !== undefined
  const offered = from ? groups.filter(({ id }) => id !== from.id) : groups
  const names = technicians.map(({ name }) => name)
  const missing = !leavesOnly && chosen.size === 0

  function send() {
    setTried(true)
    if (missing) return
    void submit(async (signal) => {
      const ids = technicians.map(({ id }) => id)
      await people.server.move({ technicians: ids, ...changes(way, from, [...chosen], groups) }, signal)
      void people.refresh()
      announce(m.people_done())
      onDone()
    })
  }

  const ways: { value: Way; name: string }[] = [
    { value: 'move', name: from ? m.people_move_from({ group: from.name }) : m.people_move_only() },
    { value: 'add', name: from ? m.people_move_add_to({ group: from.name }) : m.people_move_add() },
    { value: 'remove', name: from ? m.people_move_remove_from({ group: from.name }) : m.people_move_remove() },
  ]
  return (
    <Dialog title={m.people_move_title({ who: manyOrName(names, m.people_technicians_count) })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <PeopleNames names={names} />
        {invited > 0 && <p class="field-hint">{m.people_move_invited({ count: invited })}</p>}
        <Choices legend={m.people_move_how()} options={ways} chosen={way} onChoose={setWay} stacked />
        {!leavesOnly && (
          <GroupChoice
            label={m.people_groups()}
            groups={offered}
            chosen={chosen}
            onChoose={choose}
            error={tried && missing ? m.people_move_none() : undefined}
          />
        )}
        <p class="field-hint">{m.people_move_keys()}</p>
        {refusal && <Refused refusal={refusal} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending}>
            {way === 'remove' ? m.people_move_remove_button() : m.people_move()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function changes(
  way: Way,
  from: Group | undefined,
  chosen: GroupId[],
  groups: readonly Group[],
): Pick<MoveRequest, 'add' | 'remove'> {
  switch (way) {
    case 'move':
      return {
        add: chosen,
        remove: from ? [from.id] : groups.map(({ id }) => id).filter((id) => !chosen.includes(id)),
      }
    case 'add':
      return { add: chosen, remove: [] }
    case 'remove':
      return { add: [], remove: from ? [from.id] : chosen }
  }
}
