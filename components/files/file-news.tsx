import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Transfer, TransferState } from '../../peer/files/transfer.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { FilesActions } from './files-panel.tsx'
import { SaveButton } from './save-button.tsx'
import { stateSentence, transferName } from './transfer-words.ts'
import { TransfersDialog } from './transfers-dialog.tsx'

type Props = {
  transfers: readonly Transfer[]
  /** What the summary has: these, and those of earlier sessions. */
  all: readonly Transfer[]
  /** The other person. */
  name: string
  actions: Pick<FilesActions, 'save' | 'waits'>
}

type Done = Transfer & { state: Extract<TransferState, { kind: 'done' }> }

const isDone = (transfer: Transfer): transfer is Done => transfer.state.kind === 'done'

/** The last transfer that was completed while one looks on, wherever the page stands; from it to the summary of all. */
export function FileNews({ transfers, all, name, actions }: Props) {
  const [since, setSince] = useState(() => Date.now())
  const [summary, showSummary] = useState(false)
  const last = transfers.filter(isDone).findLast(({ state }) => state.at > since)
  return (
    <>
      {last && (
        <Notice
          tone="info"
          title={transferName(last)}
          actions={
            <>
              {actions.waits(last.id) && <SaveButton key={last.id} onSave={() => actions.save(last)} />}
              <Button onClick={() => showSummary(true)}>{m.files_show_all()}</Button>
              <Button onClick={() => setSince(Date.now())}>{m.files_dismiss()}</Button>
            </>
          }
        >
          {stateSentence(last, name, undefined)}
        </Notice>
      )}
      {summary && <TransfersDialog transfers={all} name={name} onClose={() => showSummary(false)} />}
    </>
  )
}
