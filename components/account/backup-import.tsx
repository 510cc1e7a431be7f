import { useId, useState } from 'preact/hooks'
import { mergeBackup, type OpenBackup, type Outcome, openBackup } from '../../desk/backup/backup.ts'
import { backupParts } from '../../desk/backup/backup-parts.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatLocale } from '../ui/locale.ts'
import { backupProblemWords, countWords } from './backup-words.ts'
import { useLongWork, WorkProgress } from './long-work.tsx'
import { PasswordField } from './password-field.tsx'

type Step = { kind: 'choose' } | { kind: 'preview'; opened: OpenBackup } | { kind: 'done'; outcome: Outcome }

/** Puts what an exported file has beside what this browser has: chosen, looked at, merged. */
export function BackupImport({ onClose }: { onClose: () => void }) {
  const { desk } = useWorkplace()
  const [step, setStep] = useState<Step>({ kind: 'choose' })
  const { state, run, cancel } = useLongWork()

  const open = (file: File, password: string) =>
    run(async (signal, onProgress) => {
      setStep({ kind: 'preview', opened: await openBackup(file, desk.me.id, { password, onProgress, signal }) })
    })
  const merge = (opened: OpenBackup) =>
    run(async (signal, onProgress) => {
      setStep({ kind: 'done', outcome: await mergeBackup(backupParts(desk), opened, { onProgress, signal }) })
      await desk.usage.look()
    })

  const problem = state.kind === 'failed' ? backupProblemWords(state.cause) : undefined
  const title = step.kind === 'done' ? m.backup_imported() : m.backup_import_title()
  return (
    <Dialog title={title} onClose={onClose}>
      {state.kind === 'working' && (
        <WorkProgress
          label={step.kind === 'choose' ? m.backup_opening() : m.backup_importing()}
          done={state.done}
          onCancel={cancel}
        />
      )}
      {step.kind === 'choose' && (
        <ChooseFile hidden={state.kind === 'working'} problem={problem} onOpen={open} onClose={onClose} />
      )}
      {state.kind !== 'working' && step.kind === 'preview' && (
        <>
          <p>{previewWords(step.opened)}</p>
          <p>{m.backup_import_text()}</p>
          {problem && (
            <p class="field-error" role="alert">
              {problem}
            </p>
          )}
          <div class="dialog-actions">
            <Button onClick={onClose}>{m.desk_cancel()}</Button>
            <Button kind="primary" onClick={() => void merge(step.opened)}>
              {m.backup_import_do()}
            </Button>
          </div>
        </>
      )}
      {state.kind !== 'working' && step.kind === 'done' && (
        <>
          <p role="status">{outcomeWords(step.outcome)}</p>
          <div class="dialog-actions">
            <Button kind="primary" onClick={onClose}>
              {m.desk_close()}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

type ChooseProps = {
  hidden: boolean
  problem: string | undefined
  onOpen: (file: File, password: string) => void
  onClose: () => void
}

function ChooseFile({ hidden, problem, onOpen, onClose }: ChooseProps) {
  const [file, setFile] = useState<File>()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const id = useId()
  return (
    <form
      hidden={hidden}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (file && password) onOpen(file, password)
      }}
    >
      <p>{m.backup_import_text()}</p>
      <div class="field">
        <label for={id}>{m.backup_choose()}</label>
        <input
          id={id}
          type="file"
          accept=".age"
          aria-invalid={tried && !file ? true : undefined}
          aria-describedby={tried && !file ? `${id}-error` : undefined}
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
        {tried && !file && (
          <p class="field-error" id={`${id}-error`} role="alert">
            {m.backup_choose_missing()}
          </p>
        )}
      </div>
      <PasswordField
        label={m.backup_password()}
        value={password}
        onValue={setPassword}
        autocomplete="current-password"
        error={tried && !password ? m.account_password_missing() : undefined}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button kind="primary" type="submit">
          {m.backup_open()}
        </Button>
      </div>
    </form>
  )
}

function previewWords({ at, name, counts }: OpenBackup): string {
  const time = new Date(at).toLocaleString(formatLocale(), { dateStyle: 'long', timeStyle: 'short' })
  return m.backup_preview({ time, name, counts: countWords(counts) })
}

function outcomeWords({ new: added, merged, same, 'left-out': left }: Outcome): string {
  const result = m.backup_result({ added, merged, same })
  return left === 0 ? result : `${result} ${m.backup_left_out({ count: left })}`
}
