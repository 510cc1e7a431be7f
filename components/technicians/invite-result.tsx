import { Download } from 'lucide-preact'
import { Link } from 'wouter-preact'
import type { InvitedRow } from '../../desk/people/inviting.ts'
import type { MailKind } from '../../desk/people/outbox.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { downloadResult } from './csv-download.ts'
import { verdictWords } from './verdict-words.ts'
import { viewPath } from './view.ts'

type Props = { rows: readonly InvitedRow[]; mail: MailKind; onClose: () => void }

/** Who was invited, and who was not and why. */
export function InviteResult({ rows, mail, onClose }: Props) {
  const refused = rows.filter(({ verdict }) => verdict.kind !== 'invited')
  const invited = rows.length - refused.length
  return (
    <Dialog title={m.invite_result({ count: invited })} onClose={onClose} wide>
      {invited > 0 && mail === 'smtp' && <p>{m.invite_result_mailed()}</p>}
      {invited > 0 && mail === 'outbox' && (
        <Notice
          tone="waiting"
          title={m.invite_result_waits()}
          actions={
            <Link href={viewPath({ kind: 'outbox' })} class="button" onClick={onClose}>
              {m.people_outbox_show()}
            </Link>
          }
        >
          {m.people_outbox_why()}
        </Notice>
      )}
      {refused.length > 0 && (
        <>
          <p class="notice-title">{m.invite_result_refused({ count: refused.length })}</p>
          <ul class="invite-wrong">
            {refused.map(({ row, verdict }) => (
              <li key={row.line}>
                <strong>{row.email || m.invite_no_address({ line: row.line })}</strong> {verdictWords(verdict)}
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="dialog-actions">
        <Button onClick={() => void downloadResult(rows)}>
          <Download aria-hidden="true" />
          {m.invite_result_download()}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {m.desk_close()}
        </Button>
      </div>
    </Dialog>
  )
}
