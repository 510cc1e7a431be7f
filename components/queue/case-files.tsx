import type { Attendance } from '../../desk/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { filesActions } from '../files/files-actions.ts'
import { FilesPanel } from '../files/files-panel.tsx'
import { FolderSection } from '../files/folder-section.tsx'

/** Files to and from a ticket's customer. */
export function CaseFiles({ attendance, name }: { attendance: Attendance | undefined; name: string }) {
  if (!attendance) return <p class="files">{m.files_not_mine()}</p>
  const { files, state } = attendance
  const live = state.value.kind === 'live'
  return (
    <FilesPanel
      transfers={files.list.value}
      name={name}
      actions={filesActions(files)}
      closed={live ? undefined : m.files_closed_desk({ name })}
    >
      {live && <FolderSection attendance={attendance} name={name} />}
    </FilesPanel>
  )
}
