import * as v from 'valibot'
import type { TechnicianTalk } from '../../peer/live-link.ts'
import { canDecode, createPictures } from '../../peer/pictures.ts'
import { sendable } from '../../peer/shrink-picture.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { PictureId } from '../../protocol/picture.ts'
import type { CaseDocument } from '../case/case-document.ts'
import type { CasePicture } from '../case/case-entry.ts'
import type { Media } from '../media/media.ts'
import type { MediaItem } from '../media/media-item.ts'

/** The pictures in the chat of one ticket, from the technician's side. */
export type TicketPictures = {
  /** Into the chat now, over the link as soon as there is one. */
  send(item: MediaItem): void
  part(link: TechnicianTalk): void
  /** The session is over. */
  over(): void
}

type Parts = {
  ticket: TicketId
  /** The case's history, opened when it is first needed. */
  document(): Pick<CaseDocument, 'history' | 'loaded' | 'writePicture' | 'receivePicture' | 'delivered' | 'refused'>
  media: Pick<Media, 'read' | 'keepPicture'>
  /** Something came from the customer. */
  onCame(): void
}

export function ticketPictures({ ticket, document, media, onCame }: Parts): TicketPictures {
  /** Read from the disk and on their way. */
  const underWay = new Set<string>()
  const exchange = createPictures(
    {
      async came({ id, at, picture, width, height }) {
        // After a reload of this desk a customer's page may send again what is here already.
        if (
          document()
            .history.peek()
            .some((line) => line.id === id)
        )
          return
        const item = await media.keepPicture({ ticket, kind: 'picture', picture, width, height })
        if (document().receivePicture(id, item.id, at)) onCame()
      },
      received: (id) => document().delivered(id),
      refused: (id, why) => document().refused(id, why),
    },
    canDecode,
  )

  async function deliver(line: CasePicture) {
    const id = v.parse(PictureId, line.id)
    if (underWay.has(id)) return
    underWay.add(id)
    const bytes = await media.read(line.media)
    const picture = bytes && (await sendable(bytes))
    // Deleted meanwhile, or in another browser: who has it sends it.
    if (picture) exchange.send(id, '', line.at, picture)
    else underWay.delete(id)
  }

  return {
    send: (item) => void deliver(document().writePicture(item.id)),
    over: exchange.over,
    part(link) {
      exchange.part(link)
      void document().loaded.then(() => {
        if (link.signal.aborted) return
        for (const line of document().history.peek()) {
          if (line.kind === 'picture' && line.from === 'technician' && line.state === 'waiting') void deliver(line)
        }
      })
    },
  }
}
