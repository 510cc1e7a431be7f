import { m } from '../../paraglide/messages.js'
import type { Transfer } from '../../peer/files/transfer.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Notice } from '../ui/notice.tsx'
import { transferName } from './transfer-words.ts'

type Props = {
  transfer: Transfer
  /** Who sends it. */
  name: string
  onAccept: () => void
  /** Into a folder of the person's choice, where the browser has a picker for it. */
  onAcceptInto?: (() => void) | undefined
  onRefuse: () => void
}

/** Somebody wants to send files: what, how much, and who; nothing comes before the yes. */
export function OfferCard({ transfer, name, onAccept, onAcceptInto, onRefuse }: Props) {
  const { first, count, bytes, folders = 0 } = transfer
  return (
    <Notice
      tone="info"
      title={m.files_wants_to_send({ name, what: transferName(transfer), size: bytesWords(bytes) })}
      actions={
        <>
          <Button kind="primary" onClick={onAccept}>
            {m.files_accept()}
          </Button>
          {onAcceptInto && <Button onClick={onAcceptInto}>{m.files_accept_into()}</Button>}
          <Button onClick={onRefuse}>{m.files_refuse()}</Button>
        </>
      }
    >
      {count > 1 && (
        <details>
          <summary>{m.files_names({ count })}</summary>
          <ul class="offer-names">
            {first.map(({ path, size }) => (
              <li key={path.join('/')}>
                {path.join(' / ')} · {bytesWords(size)}
              </li>
            ))}
            {count > first.length && <li>{m.files_and_more({ count: count - first.length })}</li>}
            {folders > 0 && <li>{m.files_and_folders({ count: folders })}</li>}
          </ul>
        </details>
      )}
    </Notice>
  )
}
