import { useState } from 'preact/hooks'
import { type Counts, writeBackup } from '../../desk/backup/backup.ts'
import { backupParts } from '../../desk/backup/backup-parts.ts'
import { m } from '../../paraglide/messages.js'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { saveFile } from '../ui/save-file.ts'
import { focusFirstError } from '../ui/submission.ts'
import { backupProblemWords, countWords } from './backup-words.ts'
import { useLongWork, WorkProgress } from './long-work.tsx'
import { isGoodPassword, NewPassword, noPassword } from './new-password.tsx'

type Written = { name: string; size: number; counts: Counts }

/** Writes this browser's data into one file, under a password that is chosen for it. */
export function BackupExport({ onClose }: { onClose: () => void }) {
  const { desk } = useWorkplace()
  const me = useMe()
  const [password, setPassword] = useState(noPassword)
  const [tried, setTried] = useState(false)
  const [written, setWritten] = useState<Written>()
  const { state, run, cancel } = useLongWork()

  const write = () =>
    run(async (signal, onProgress) => {
      const way = { password: password.password, onProgress, signal }
      const { file, counts } = await writeBackup(backupParts(desk), me, way)
      signal.throwIfAborted()
      const day = new Date().toISOString().slice(0, 10)
      const name = m.backup_file({ account: me.email.replace(/[^\w.-]+/g, '-'), day })
      saveFile(name, file)
      void desk.log.takenAway({ which: 'backup' }).catch(() => {})
      setWritten({ name, size: file.size, counts })
    })

  if (written) {
    const { name, size, counts } = written
    return (
      <Dialog title={m.backup_written()} onClose={onClose}>
        <p role="status">{m.backup_written_text({ name, size: bytesWords(size), counts: countWords(counts) })}</p>
        <div class="dialog-actions">
          <Button kind="primary" onClick={onClose}>
            {m.desk_close()}
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={m.backup_export_title()} onClose={onClose}>
      {state.kind === 'working' ? (
        <WorkProgress label={m.backup_writing()} done={state.done} onCancel={cancel} />
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (isGoodPassword(password)) void write()
            else focusFirstError(event.currentTarget)
          }}
        >
          <p>{m.backup_export_text()}</p>
          <NewPassword label={m.backup_password()} value={password} onValue={setPassword} tried={tried} autoFocus />
          {state.kind === 'failed' && (
            <p class="field-error" role="alert">
              {backupProblemWords(state.cause)}
            </p>
          )}
          <div class="dialog-actions">
            <Button onClick={onClose}>{m.desk_cancel()}</Button>
            <Button kind="primary" type="submit">
              {m.backup_export_do()}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
