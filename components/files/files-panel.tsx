import './files.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import type { FileRules } from '../../protocol/file-rules.ts'
import type { TransferId } from '../../protocol/files.ts'
import { isOffer } from './file-offers.tsx'
import type { Giving } from './giving.ts'
import { GivingState } from './giving-state.tsx'
import { PastTransfers } from './past-transfers.tsx'
import { SendButtons } from './send-buttons.tsx'
import { TransferRow } from './transfer-row.tsx'

export type FilesActions = {
  /** What is to be sent, from the panel on. */
  giving: Giving
  accept(id: TransferId): void
  /** Where the browser has a picker for folders. */
  acceptInto: ((id: TransferId) => void) | undefined
  refuse(id: TransferId): void
  pause(id: TransferId, paused: boolean): void
  cancel(id: TransferId): void
  /** Rejects where there is no room for it. */
  save(transfer: Transfer): Promise<void>
  /** Whether something of it waits to be saved. */
  waits(id: TransferId): boolean
}

/** Of those that are over so many are shown; all are in the summary. */
const SHOWN_PAST = 3

type Props = {
  transfers: readonly Transfer[]
  /** What the summary has: these, and those of earlier sessions. */
  all: readonly Transfer[]
  /** The other person. */
  name: string
  actions: FilesActions
  /** The help desk's. */
  rules: FileRules
  /** Why nothing can be sent now, as a sentence. */
  closed: string | undefined
  /** Below. */
  children?: ComponentChildren
}

/** Files in both directions: what is on its way, and what became of it; what is offered stands in `FileOffers`. Files may be dropped or pasted on it. */
export function FilesPanel({ transfers, all, name, actions, rules, closed, children }: Props) {
  const [over, setOver] = useState(false)
  const { giving } = actions
  const mine = transfers.filter((transfer) => !isOffer(transfer)).toReversed()
  const past = mine.filter(isOver).slice(0, SHOWN_PAST)
  const shown = mine.filter((transfer) => !isOver(transfer) || past.includes(transfer))
  return (
    <section
      class={`files ${over ? 'files-over' : ''}`}
      aria-label={m.files_label()}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(!closed)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!closed && event.dataTransfer?.types.includes('Files')) giving.take(event.dataTransfer)
      }}
      onPaste={(event) => {
        if (!closed && event.clipboardData?.files.length) giving.take(event.clipboardData)
      }}
    >
      {closed ? <p>{closed}</p> : <SendButtons onFiles={(files) => giving.give({ files, folders: [] })} />}
      <GivingState giving={giving} rules={rules} name={name} />
      {shown.length === 0 && !closed && <p class="transfer-state">{m.files_none({ name })}</p>}
      <ul class="transfers">
        {shown.map((transfer) => (
          <TransferRow
            key={transfer.id}
            transfer={transfer}
            name={name}
            onPause={(paused) => actions.pause(transfer.id, paused)}
            onCancel={() => actions.cancel(transfer.id)}
            onSave={actions.waits(transfer.id) ? () => actions.save(transfer) : undefined}
          />
        ))}
      </ul>
      <PastTransfers transfers={all} name={name} />
      {children}
    </section>
  )
}
