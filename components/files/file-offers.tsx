import type { Transfer } from '../../peer/files/transfer.ts'
import type { FilesActions } from './files-panel.tsx'
import { OfferCard } from './offer-card.tsx'

type Props = {
  transfers: readonly Transfer[]
  /** Who sends them. */
  name: string
  actions: Pick<FilesActions, 'accept' | 'acceptInto' | 'refuse'>
}

/** Waits for this side's yes. */
export function isOffer({ direction, state }: Transfer): boolean {
  return direction === 'receiving' && state.kind === 'offered'
}

/** What the other side wants to send, one card each, wherever the person is looking. */
export function FileOffers({ transfers, name, actions }: Props) {
  const { accept, acceptInto, refuse } = actions
  return transfers
    .filter(isOffer)
    .map((transfer) => (
      <OfferCard
        key={transfer.id}
        transfer={transfer}
        name={name}
        onAccept={() => accept(transfer.id)}
        onAcceptInto={acceptInto && transfer.count > 1 ? () => acceptInto(transfer.id) : undefined}
        onRefuse={() => refuse(transfer.id)}
      />
    ))
}
