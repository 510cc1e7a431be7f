import type { Attendance } from '../../desk/session/attendance.ts'
import { standing } from '../../desk/session/consents.ts'
import { m } from '../../paraglide/messages.js'
import type { Consent } from '../../protocol/consent.ts'
import { AskButton } from '../session/ask-button.tsx'
import { Button } from '../ui/button.tsx'
import { FolderPanel } from './folder-panel.tsx'

type Props = { attendance: Attendance; name: string }

/** Fetching from the customer's computer: asked for, answered, and for as long as it is allowed the folder itself. */
export function FolderSection({ attendance, name }: Props) {
  const { consents, folder } = attendance
  const all = [...consents.now.value.values()]
  const now = standing(all, 'folder')
  return (
    <section class="folder" aria-label={m.folder_label()}>
      <h2>{m.folder_label()}</h2>
      {!now && (
        <>
          <p class="transfer-state" role="status">
            {lastSentence(all.findLast(({ what }) => what === 'folder')?.state, name)}
          </p>
          <div class="send-files">
            <AskButton consents={consents} what="folder" onAsk={() => consents.ask('folder')}>
              {m.folder_request()}
            </AskButton>
          </div>
        </>
      )}
      {now?.state.kind === 'asked' && (
        <>
          <p class="transfer-state" role="status">
            {m.folder_asked({ name })}
          </p>
          <div class="send-files">
            <Button onClick={() => consents.end(now.id)}>{m.consent_take_back()}</Button>
          </div>
        </>
      )}
      {now?.state.kind === 'granted' && (
        <FolderPanel
          key={now.id}
          consent={now.id}
          folder={folder}
          rules={attendance.files.rules.value}
          label={now.detail ?? m.consent_folder()}
          onGiveUp={() => consents.end(now.id)}
        />
      )}
    </section>
  )
}

/** Why none is open. */
function lastSentence(state: Consent['state'] | undefined, name: string): string {
  switch (state?.kind) {
    case 'refused':
      return m.folder_refused({ name })
    case 'ended':
      return state.by === 'customer' ? m.folder_ended({ name }) : m.folder_over()
    default:
      return m.folder_none({ name })
  }
}
