import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useWorkplace } from '../desk/context.ts'
import { Notice } from '../ui/notice.tsx'
import { SelectField } from '../ui/select-field.tsx'
import type { DeedProps } from './assign-dialog.tsx'
import { mayHave } from './assignee-field.tsx'
import { DeedDialog, whomOf } from './deed-dialog.tsx'

/** Invites a colleague to a ticket: to read its chat and to write its notes. */
export function SecondDialog({ entries, onDone, onClose }: DeedProps) {
  const { tickets, people } = useWorkplace().desk
  const [entry] = entries
  const able = (people.latest.value?.technicians ?? [])
    .filter((row) => {
      if (!entry || entry.header.seconds.includes(row.id) || assigneeOf(entry.header) === row.id) return false
      return mayHave(row, [entry.header.group])
    })
    .sort((one, other) => Number(other.online) - Number(one.online) || one.name.localeCompare(other.name))
  const [chosen, choose] = useState<string>('')
  const technician = able.find(({ id }) => id === chosen) ?? able[0]
  return (
    <DeedDialog
      title={m.seconds_title({ who: whomOf(entries) })}
      name={m.seconds_invite()}
      entries={entries}
      disabled={!technician}
      ask={({ header }, signal) => {
        if (!technician) throw new Error('nobody is invited before somebody is chosen')
        return tickets.setSecond(header.id, technician.id, true, signal)
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {technician ? (
        <SelectField
          label={m.seconds_colleague()}
          value={technician.id as string}
          options={able.map(({ id, name, online }) => ({
            value: id as string,
            name: online ? m.queue_assign_online({ name }) : name,
          }))}
          onValue={choose}
          hint={m.seconds_hint()}
        />
      ) : (
        <Notice tone="info" title={m.seconds_nobody()} />
      )}
    </DeedDialog>
  )
}
