import type { ReadonlySignal } from '@preact/signals'
import type { Attempts, AttemptsStore } from '../../peer/attempts.ts'
import type { IceServers } from '../../peer/ice-servers.ts'
import type { FileRules } from '../../protocol/file-rules.ts'
import type { Secret, TicketId } from '../../protocol/ids.ts'
import type { TicketBoard } from '../board/ticket-board.ts'
import type { CaseDocument } from '../case/case-document.ts'
import type { Media } from '../media/media.ts'
import type { Wire } from '../server/wire.ts'
import type { KeptCall } from './kept-call.ts'

/** What attending one ticket needs. */
export type AttendanceParts = {
  ticket: TicketId
  secret: Secret
  wire: Wire
  /** Opened when it is first needed: most tickets of a long queue are never attended here. */
  document(): Omit<CaseDocument, 'notes' | 'media' | 'stored'>
  /** Opened with the first link. */
  board(): Pick<TicketBoard, 'part' | 'over'>
  media: Pick<Media, 'read' | 'keepPicture'>
  /** Kept attempts; told of each change by `attemptsChanged`. */
  attempts: (changed: (attempts: Attempts) => void) => AttemptsStore
  iceServers: IceServers
  fileRules: ReadonlySignal<FileRules>
  /** A call goes on with another ticket's customer. */
  inOtherCall(): boolean
  /** A call that went on when the page before this one went, of any ticket. Never rejects. */
  callBefore: Promise<KeptCall | undefined>
  /** The seat may still be held by the tab from which this one took the lead. */
  takeSeat: boolean
  /** Ten wrong codes: the ticket must expire. */
  onDead(): void
  signal: AbortSignal
}
