import './files.css'
import { m } from '../../paraglide/messages.js'
import type { Transfer } from '../../peer/files/transfer.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { shortTime } from '../ui/short-time.ts'
import { stateSentence, transferName } from './transfer-words.ts'

type Props = {
  transfers: readonly Transfer[]
  /** The other person. */
  name: string
  onClose: () => void
}

/** All that went over: when, in which direction, what, how much, and how it ended. */
export function TransfersDialog({ transfers, name, onClose }: Props) {
  return (
    <Dialog title={m.files_show_all()} onClose={onClose} wide>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="transfers-all" aria-label={m.files_show_all()} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.files_column_when()}</th>
              <th scope="col">{m.files_column_what()}</th>
              <th scope="col">{m.files_column_size()}</th>
              <th scope="col">{m.files_column_end()}</th>
            </tr>
          </thead>
          <tbody>
            {transfers.map((transfer) => (
              <tr key={transfer.id}>
                <td>
                  <time dateTime={new Date(transfer.at).toISOString()}>{shortTime(transfer.at)}</time>
                </td>
                <td>
                  <span class="transfer-name">{transferName(transfer)}</span>
                  <span class="transfer-state">
                    {transfer.direction === 'sending' ? m.files_to({ name }) : m.files_from({ name })}
                  </span>
                </td>
                <td>{bytesWords(transfer.bytes)}</td>
                <td>{stateSentence(transfer, name, undefined)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </Dialog>
  )
}
