import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { Transfer } from '../../peer/files/transfer.ts'
import { useWorkplace } from '../desk/context.ts'
import { FileNews } from '../files/file-news.tsx'
import { FileOffers } from '../files/file-offers.tsx'
import { filesActions } from '../files/files-actions.ts'
import { FilesPanel } from '../files/files-panel.tsx'
import { FolderSection } from '../files/folder-section.tsx'
import { PastTransfers } from '../files/past-transfers.tsx'
import { customerName } from './customer-name.ts'

type Props = { entry: QueueEntry; attendance: Attendance | undefined }

/** Files to and from a ticket's customer: those of this session, and what is kept of earlier ones. */
export function CaseFiles({ entry, attendance }: Props) {
  const all = useTransfers(entry, attendance)
  const name = customerName(entry.details)
  if (!attendance) {
    return (
      <section class="files" aria-label={m.files_label()}>
        <p class="transfer-state">{m.files_not_mine()}</p>
        <PastTransfers transfers={all} name={name} />
      </section>
    )
  }
  const { files, state } = attendance
  const live = state.value.kind === 'live'
  return (
    <FilesPanel
      transfers={files.list.value}
      all={all}
      name={name}
      actions={filesActions(files)}
      rules={files.rules.value}
      closed={live ? undefined : m.files_closed_desk({ name })}
    >
      {live && <FolderSection attendance={attendance} name={name} />}
    </FilesPanel>
  )
}

/** What the customer wants to send, and what was completed, above whatever part of the ticket is open. */
export function FileNotices({ entry, attendance }: { entry: QueueEntry; attendance: Attendance }) {
  const all = useTransfers(entry, attendance)
  const name = customerName(entry.details)
  const transfers = attendance.files.list.value
  const actions = filesActions(attendance.files)
  return (
    <div class="files-notices">
      <FileOffers transfers={transfers} name={name} actions={actions} />
      <FileNews transfers={transfers} all={all} name={name} actions={actions} />
    </div>
  )
}

/** Of this session and of those before it, the oldest first. */
function useTransfers({ header }: QueueEntry, attendance: Attendance | undefined): readonly Transfer[] {
  const { sessions, people } = useWorkplace().desk
  const live = attendance?.files.list.value ?? []
  if (!mayOpenCase(header, people.looker.value)) return live
  const known = new Set<string>(live.map(({ id }) => id))
  const kept = sessions.history(header.id, header.group).transfers.list.value.filter(({ id }) => !known.has(id))
  return [...kept, ...live]
}
