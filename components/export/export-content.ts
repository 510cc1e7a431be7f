import type { CaseEntry } from '../../desk/case/case-entry.ts'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { KeptTransfer } from '../../desk/case/case-transfers.ts'
import { type LedgerLine, ledgerOf } from '../../desk/case/consent-ledger.ts'
import type { OpenedRating } from '../../desk/case/ratings.ts'
import { type TimelineLine, timelineOf } from '../../desk/case/timeline.ts'
import type { Desk } from '../../desk/desk.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { MediaId } from '../../protocol/media.ts'
import { downloadName } from '../media/media-words.ts'
import type { NamedMedia } from '../media/zip-files.ts'
import { customerName } from '../queue/customer-name.ts'
import { type BoardPicture, boardPictures } from './board-pictures.ts'

/** The server's newest entries of the case are waited for so long, in ms. */
const READ_MS = 15_000

/** All that is exported of a ticket, as it is at one moment. */
export type ExportContent = {
  entry: QueueEntry
  at: number
  /** What colleagues wrote last could not be fetched in time. */
  mayLack: boolean
  history: readonly CaseEntry[]
  notes: string
  timeline: readonly TimelineLine[]
  ledger: readonly LedgerLine[]
  transfers: readonly KeptTransfer[]
  media: readonly ListedMedia[]
  ratings: readonly OpenedRating[]
  boards: readonly BoardPicture[]
  /** Where what this browser has of the media lies in the ZIP. */
  files: ReadonlyMap<MediaId, NamedMedia>
}

/** Reads a ticket whose case one may open. @throws RefusedError where the server does not answer */
export async function readForExport(desk: Desk, entry: QueueEntry, signal: AbortSignal): Promise<ExportContent> {
  const { header, details } = entry
  const kept = desk.sessions.history(header.id, header.group)
  await kept.loaded
  const { board } = desk.sessions.board(header.id, header.group)
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READ_MS)])
  const read = Promise.all([kept.read(inTime), desk.sessions.boardRead(header.id, header.group, inTime)])
  const mayLack = await read.then(
    () => false,
    () => true,
  )
  signal.throwIfAborted()
  const { events } = await desk.ticketRoutes.events(header.id, signal)
  const ratings = await desk.ratings.of(header, signal)
  const history = kept.history.value
  const ledger = ledgerOf({ kept: kept.consents.list.value, history, now: undefined, inSession: false })
  const handOvers = [...(details?.earlierHandOvers ?? []), ...(details?.handOver ? [details.handOver] : [])]
  const media = kept.media.list.value
  return {
    entry,
    at: Date.now(),
    mayLack,
    history,
    notes: kept.notes.text.value,
    timeline: timelineOf({ events, history, handOvers, ledger }),
    ledger,
    transfers: kept.transfers.list.value,
    media,
    ratings,
    boards: boardPictures(board),
    files: filesOf(
      media.flatMap(({ id }) => desk.media.items.value.get(id) ?? []),
      customerName(details),
    ),
  }
}

/** Each under a name of its own. */
function filesOf(items: readonly MediaItem[], customer: string): Map<MediaId, NamedMedia> {
  const taken = new Set<string>()
  const files = new Map<MediaId, NamedMedia>()
  for (const item of items) {
    const folder = item.kind === 'recording' ? 'video' : 'images'
    const plain = downloadName(item, customer)
    let name = `${folder}/${plain}`
    for (let turn = 2; taken.has(name); turn += 1) name = `${folder}/${turn} ${plain}`
    taken.add(name)
    files.set(item.id, { name, item })
  }
  return files
}

/** What of it a program reads: without the code's secret half, which opens nothing any more and is nobody's business. */
export function jsonOf({ files, ...content }: ExportContent): string {
  const { header, details } = content.entry
  const { secret: _secret, earlierKeys: _keys, ...told } = details ?? {}
  const media = content.media.map((listed) => ({ ...listed, file: files.get(listed.id)?.name ?? null }))
  const boards = content.boards.map(({ name: file, caption, texts }) => ({ file, caption, texts }))
  return JSON.stringify({ ...content, entry: undefined, ticket: header, details: told, media, boards }, undefined, 2)
}
