import type { FileRules } from '../../protocol/file-rules.ts'
import type { FileAbout, FileCancel, FileDone, FileOffer, FileRefusal, TransferId } from '../../protocol/files.ts'
import type { Time } from '../../protocol/ids.ts'

/** Who did something: this browser or the other one. */
export type Side = 'here' | 'there'

/** How one transfer stands. Bytes are of the files' contents. */
export type TransferState =
  /** The receiver has not said yet. */
  | { kind: 'offered' }
  /** `rule`: what it breaks, where the other side says so. */
  | { kind: 'refused'; why: FileRefusal; rule?: FileRules }
  /** `linked`: bytes can go; otherwise they go on where they stopped as soon as the connection is back. */
  | { kind: 'running'; done: number; since: Time; paused: readonly Side[]; linked: boolean }
  | { kind: 'cancelled'; by: Side; why: FileCancel['why'] }
  | { kind: 'done'; at: Time; tookMs: number; whole: number; failed: FileDone['failed'] }

/** Files on their way from one side to the other, as both sides show them. */
export type Transfer = {
  id: TransferId
  direction: 'sending' | 'receiving'
  at: Time
  count: number
  bytes: number
  /** The first ones of the files; their names are what the other side calls them. */
  first: readonly FileAbout[]
  /** So many folders that have nothing in them come too. */
  folders?: number | undefined
  /** The receiver asked for it under this id, out of a folder. */
  fetch?: string | undefined
  state: TransferState
}

/** What can happen to a transfer. Whatever does not fit its state changes nothing. */
export type TransferEvent =
  | { type: 'accepted'; now: Time }
  | { type: 'refused'; why: FileRefusal; rule?: FileRules | undefined }
  | { type: 'linked'; linked: boolean }
  | { type: 'progress'; done: number }
  | { type: 'paused'; by: Side; paused: boolean }
  | { type: 'cancelled'; by: Side; why: FileCancel['why'] }
  | { type: 'finished'; now: Time; whole: number; failed: FileDone['failed'] }

export function offered(offer: Omit<FileOffer, 'type'>, direction: Transfer['direction'], at: Time): Transfer {
  const { id, count, bytes, first, folders, fetch } = offer
  const more = { ...(folders !== undefined && { folders }), ...(fetch !== undefined && { fetch }) }
  return { id, direction, at, count, bytes, first, ...more, state: { kind: 'offered' } }
}

export function nextTransfer(transfer: Transfer, event: TransferEvent): Transfer {
  const { state } = transfer
  const become = (next: TransferState): Transfer => ({ ...transfer, state: next })
  switch (event.type) {
    case 'accepted':
      if (state.kind !== 'offered') return transfer
      return become({ kind: 'running', done: 0, since: event.now, paused: [], linked: false })
    case 'refused': {
      // A receiver whose page was loaded anew is asked again while it runs here.
      const askedAgain = state.kind === 'running' && transfer.direction === 'sending'
      if (state.kind !== 'offered' && !askedAgain) return transfer
      return become({ kind: 'refused', why: event.why, ...(event.rule && { rule: event.rule }) })
    }
    case 'linked':
      if (state.kind !== 'running' || state.linked === event.linked) return transfer
      return become({ ...state, linked: event.linked })
    case 'progress':
      return state.kind === 'running' ? become({ ...state, done: event.done }) : transfer
    case 'paused': {
      if (state.kind !== 'running' || state.paused.includes(event.by) === event.paused) return transfer
      const others = state.paused.filter((side) => side !== event.by)
      return become({ ...state, paused: event.paused ? [...others, event.by] : others })
    }
    case 'cancelled':
      if (state.kind !== 'offered' && state.kind !== 'running') return transfer
      return become({ kind: 'cancelled', by: event.by, why: event.why })
    case 'finished': {
      if (state.kind !== 'running') return transfer
      const { now: at, whole, failed } = event
      return become({ kind: 'done', at, tookMs: Math.max(0, at - state.since), whole, failed })
    }
  }
}

/** Whether anything can still come of it. */
export function isOver({ state }: Transfer): boolean {
  return state.kind === 'refused' || state.kind === 'cancelled' || state.kind === 'done'
}
