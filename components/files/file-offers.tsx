import { useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Transfer, TransferState } from '../../peer/files/transfer.ts'
import type { TransferId } from '../../protocol/files.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { FilesActions } from './files-panel.tsx'
import { OfferCard } from './offer-card.tsx'
import { refusedSentence, transferName } from './transfer-words.ts'

type Props = {
  transfers: readonly Transfer[]
  /** Who sends them. */
  name: string
  actions: Pick<FilesActions, 'accept' | 'acceptInto' | 'refuse'>
}

type Refused = Transfer & { state: Extract<TransferState, { kind: 'refused' }> }

/** Waits for this side's yes. */
export function isOffer({ direction, state }: Transfer): boolean {
  return direction === 'receiving' && state.kind === 'offered'
}

/** What the other side wants to send, one card each, wherever the person is looking; and what a new rule of the help desk took away from under the question. */
export function FileOffers({ transfers, name, actions }: Props) {
  const { accept, acceptInto, refuse } = actions
  const asked = useRef(new Set<TransferId>())
  const [read, setRead] = useState<ReadonlySet<TransferId>>(new Set())
  const offers = transfers.filter(isOffer)
  for (const { id } of offers) asked.current.add(id)
  const taken = transfers.filter(isRuledOut).filter(({ id }) => asked.current.has(id) && !read.has(id))
  return (
    <>
      {taken.map((transfer) => (
        <Notice
          key={transfer.id}
          tone="stop"
          title={transferName(transfer)}
          actions={<Button onClick={() => setRead(new Set(read).add(transfer.id))}>{m.files_dismiss()}</Button>}
        >
          {refusedSentence(transfer.state, 'receiving', name)}
        </Notice>
      ))}
      {offers.map((transfer) => (
        <OfferCard
          key={transfer.id}
          transfer={transfer}
          name={name}
          onAccept={() => accept(transfer.id)}
          onAcceptInto={acceptInto && transfer.count > 1 ? () => acceptInto(transfer.id) : undefined}
          onRefuse={() => refuse(transfer.id)}
        />
      ))}
    </>
  )
}

function isRuledOut(transfer: Transfer): transfer is Refused {
  const { direction, state } = transfer
  return direction === 'receiving' && state.kind === 'refused' && state.rule !== undefined
}
