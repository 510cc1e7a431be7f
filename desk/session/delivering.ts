import type { Chat } from '../../protocol/link.ts'
import type { CaseDocument } from '../case/case-document.ts'

type Parts = {
  document(): Pick<CaseDocument, 'history' | 'loaded'>
  /** Does nothing while no link is up. */
  send(chat: Chat): void
}

/** Brings the technician's words to the customer's browser, again on each link, until that one has said that it has them. */
export type Delivering = {
  deliver(message: Omit<Chat, 'type'>): void
  /** On a new link. `still`: whether it is the one that is up. */
  begin(still: () => boolean): void
}

export function openDelivering({ document, send }: Parts): Delivering {
  const deliver = ({ id, text, at }: Omit<Chat, 'type'>) => send({ type: 'chat', id, text, at })
  return {
    deliver,
    begin(still) {
      // What was written before a reload is only there once the document is read.
      void document().loaded.then(() => {
        if (!still()) return
        for (const entry of document().history.peek()) {
          if (entry.kind === 'message' && entry.from === 'technician' && !entry.delivered) deliver(entry)
        }
      })
    },
  }
}
