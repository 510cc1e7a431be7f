import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { exportCsv } from '../../desk/log/csv-export.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { useLongWork } from '../account/long-work.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatLocale } from '../ui/locale.ts'
import { refusalSentence } from '../ui/refusal.ts'
import { saveFile } from '../ui/save-file.ts'

export type CsvOf<Row> = {
  file: string
  /** What is in it. */
  text: string
  columns: readonly string[]
  cells(row: Row): readonly string[]
  page(cursor: string | undefined, signal: AbortSignal): Promise<{ rows: readonly Row[]; next: string | null }>
}

/** Takes the whole list away as a file: it says how far it is, and can be cancelled. */
export function CsvButton<Row>({ of }: { of: CsvOf<Row> }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download aria-hidden="true" />
        {m.log_csv()}
      </Button>
      {open && <CsvDialog of={of} onClose={() => setOpen(false)} />}
    </>
  )
}

function CsvDialog<Row>({ of, onClose }: { of: CsvOf<Row>; onClose: () => void }) {
  const { state, run, cancel } = useLongWork()
  const [mark, setMark] = useState(true)

  function begin() {
    void run(async (signal, onProgress) => {
      const file = await exportCsv({ ...of, mark, language: formatLocale(), onProgress, signal })
      saveFile(of.file, file)
      onClose()
    })
  }

  return (
    <Dialog
      title={m.log_csv_title()}
      onClose={() => {
        cancel()
        onClose()
      }}
    >
      <p>{of.text}</p>
      <Checkbox label={m.log_csv_mark()} checked={mark} onChecked={setMark} disabled={state.kind === 'working'} />
      {state.kind === 'working' && (
        <>
          <p role="status">{m.log_csv_progress({ count: state.done.toLocaleString(formatLocale()) })}</p>
          <progress class="work-progress" aria-label={m.log_csv_title()} />
        </>
      )}
      {state.kind === 'failed' && (
        <p class="field-error" role="alert">
          {refusalSentence(state.cause instanceof RefusedError ? state.cause.refusal : { code: 'unavailable' })}
        </p>
      )}
      <div class="dialog-actions">
        <Button
          onClick={() => {
            cancel()
            onClose()
          }}
        >
          {m.desk_cancel()}
        </Button>
        <Button kind="primary" aria-disabled={state.kind === 'working'} onClick={begin}>
          {m.log_csv_begin()}
        </Button>
      </div>
    </Dialog>
  )
}
