import type { Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { InvitationRow } from '../../protocol/people.ts'
import { Pill } from '../ui/pill.tsx'

/** Where somebody stands, in a word and a shape; below it, what is being waited for. */
export function PersonStatus({ person }: { person: Person }) {
  if (person.kind === 'invitation') {
    return (
      <>
        <Pill tone="waiting" shape="ring">
          {m.people_status_invited()}
        </Pill>
        <Delivered row={person.row} />
      </>
    )
  }
  if (!person.row.active) {
    return (
      <Pill tone="offline" shape="square">
        {m.people_status_deactivated()}
      </Pill>
    )
  }
  return (
    <>
      <Pill tone="live">{m.people_status_active()}</Pill>
      {person.row.waitsForKeys && (
        <span class="people-below" title={m.people_keys_why()}>
          {m.people_waits_for_keys()}
        </span>
      )}
    </>
  )
}

function Delivered({ row }: { row: InvitationRow }) {
  switch (row.delivery) {
    case 'queued':
      return <span class="people-below">{m.people_mail_queued()}</span>
    case 'sent':
      return <span class="people-below">{m.people_mail_sent()}</span>
    case 'outbox':
      return <span class="people-below">{m.people_mail_waits()}</span>
    case 'failed':
      return <span class="people-below people-failed">{m.people_mail_failed()}</span>
  }
}
