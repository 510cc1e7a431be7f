import * as v from 'valibot'
import type { FileRules } from '../../protocol/file-rules.ts'
import { type FileCancel, type FileDone, type FileOffer, type FileRefusal, TransferId } from '../../protocol/files.ts'
import type { FetchId } from '../../protocol/folder.ts'
import type { Role } from '../../protocol/ids.ts'
import { MAX_OFFERED_NAMES, MAX_TRANSFER_FILES } from '../../protocol/limits.ts'
import { allowance } from '../allowance.ts'
import { randomId } from '../random-id.ts'
import { cleaned } from './clean-name.ts'
import { openFileLink } from './file-link.ts'
import { openFileWire, type WireParts, type Work } from './file-wire.ts'
import type { FileReaders, FilesLink } from './files-link.ts'
import type { FileLimits } from './limits.ts'
import { brokenRule, refusalOf } from './may-go.ts'
import { firstNamed, isSayable } from './named.ts'
import { createReceiver, type Receiver } from './receive.ts'
import { createSender } from './send.ts'
import type { Sink } from './sink.ts'
import type { Given, SourceFile } from './source.ts'
import { isOver, nextTransfer, offered, type Transfer, type TransferEvent } from './transfer.ts'

/** So many transfers that the other side began, by an offer or by a fetch, may wait for an answer, or be on their way. */
const MAX_OPEN = 20
/** So many files that did not come are named at the end. */
const MAX_FAILED_NAMES = 100
/** So many transfers of one session are remembered; beyond, those that are over are forgotten. */
const MAX_TRANSFERS = 500
/** The other side may offer so many at once that nobody asked for, and so many a second after that: what is taken back stays in the summary. */
const OFFERS = { atOnce: 200, perSecond: 0.1 }
/** The interface is told of progress so often, in ms. */
const TELL_MS = 250

/** The files of one session, of either side. One object for a ticket: it outlives links, and goes on with each new one. */
export type Transfers = {
  /** The newest last. */
  readonly list: readonly Transfer[]
  /** @returns why nothing was offered, where it was not. */
  send(files: readonly SourceFile[], more?: { folders?: Given['folders']; fetch?: FetchId }): FileRefusal | undefined
  /** What is offered under this id may be what was asked for: then `take` gives what accepts it, and the person is not asked. */
  expect(fetch: FetchId, take: (offer: Offered) => (() => void) | undefined): void
  accept(id: TransferId, sink: Sink): void
  refuse(id: TransferId, why?: FileRefusal): void
  /** Other rules hold from now on: what the person is still asked about, and they do not take, is refused. */
  obey(): void
  pause(id: TransferId, paused: boolean): void
  /** What is whole stays. */
  cancel(id: TransferId, why?: FileCancel['why']): void
  /** Nothing that is open goes on: the session is over, or goes on with somebody else. */
  cancelAll(why: FileCancel['why']): void
  /** The session is over; what is open may go on in the next one. */
  unlink(): void
  onChange(changed: () => void, signal: AbortSignal): void
  /** The session's own link, each time that there is a new one. @returns what reads on it */
  attach(link: FilesLink): FileReaders
}

/** How much of what was offered, under which id. */
export type Offered = Pick<FileOffer, 'id' | 'count' | 'bytes'>

export function createTransfers(
  role: Role,
  limits: FileLimits,
  signal: AbortSignal,
  dial: WireParts['dial'] = openFileLink,
): Transfers {
  const changes = new EventTarget()
  const works = new Map<TransferId, Work>()
  const expected = new Map<string, (offer: Offered) => (() => void) | undefined>()
  const offers = allowance(OFFERS)
  /** Running here, and not known to be at a receiver that may have been loaded anew: it is asked first. */
  const unanswered = new Set<TransferId>()
  let list: readonly Transfer[] = []
  let link: FilesLink | undefined
  let telling: ReturnType<typeof setTimeout> | undefined

  const wire = openFileWire({
    dial,
    role,
    link: () => link,
    transfers: () => list,
    isAnswered: (id) => !unanswered.has(id),
    works,
    changes,
    happened,
    finished,
    fail: (id, why) => cancel(id, why),
    signal,
  })

  function happened(id: TransferId, event: TransferEvent) {
    const next = list.map((transfer) => (transfer.id === id ? nextTransfer(transfer, event) : transfer))
    if (next.every((transfer, index) => transfer === list[index])) return
    list = next
    if (list.some((transfer) => transfer.id === id && isOver(transfer))) forget(id)
    if (event.type !== 'progress') return tell()
    telling ??= setTimeout(tell, TELL_MS)
  }

  function tell() {
    clearTimeout(telling)
    telling = undefined
    changes.dispatchEvent(new Event('change'))
  }

  function forget(id: TransferId) {
    const work = works.get(id)
    works.delete(id)
    wire.stop(id)
    if (work?.kind === 'receives') void work.receiver.drop().catch(() => {})
  }

  function add(transfer: Transfer) {
    const past = list.length < MAX_TRANSFERS ? undefined : list.find(isOver)
    list = [...list.filter((other) => other !== past), transfer]
    tell()
  }

  /** The receiver knows what came of it, and says so. */
  function finished(id: TransferId, receiver: Receiver) {
    const whole = receiver.outcomes.filter(({ kind }) => kind === 'whole').length
    const lost = receiver.outcomes.flatMap((outcome) =>
      outcome.kind === 'failed' ? [{ path: outcome.path, why: outcome.why }] : [],
    )
    const failed: FileDone['failed'] = firstNamed(lost, MAX_FAILED_NAMES)
    link?.send({ type: 'file-done', id, whole, failed })
    happened(id, { type: 'finished', now: Date.now(), whole, failed: cleaned(failed) })
  }

  function hearOffer(offer: FileOffer) {
    const known = find(offer.id, 'receiving')
    if (known) return answerAgain(known)
    // The id of one of this side's own: what is said of the one would be said of both.
    if (find(offer.id, 'sending')) return
    const open = list.filter((transfer) => transfer.direction === 'receiving' && !isOver(transfer))
    const take = offer.fetch === undefined ? undefined : expected.get(offer.fetch)
    const many = !take && (open.length >= MAX_OPEN || !offers.take(1))
    const why = many ? 'too-many' : refusalOf(limits, offer, offer.first)
    if (why) return sayRefused(offer.id, why, brokenRule(limits, why))
    if (offer.fetch) expected.delete(offer.fetch)
    const accept = take?.(offer)
    const { fetch: _unasked, ...own } = offer
    add(offered({ ...(accept ? offer : own), first: cleaned(offer.first) }, 'receiving', Date.now()))
    accept?.()
  }

  /** The sender missed it when the last link broke. */
  function answerAgain({ id, state }: Transfer) {
    switch (state.kind) {
      case 'offered':
        return
      case 'refused':
        return sayRefused(id, state.why, state.rule)
      case 'running':
        return link?.send({ type: 'file-answer', id })
      case 'cancelled':
        return link?.send({ type: 'file-cancel', id, ...(state.why && { why: state.why }) })
      case 'done':
        return link?.send({ type: 'file-done', id, whole: state.whole, failed: state.failed })
    }
  }

  function sayRefused(id: TransferId, refused: FileRefusal, rule?: FileRules) {
    link?.send({ type: 'file-answer', id, refused, ...(rule && { rule }) })
  }

  function cancel(id: TransferId, why?: FileCancel['why']) {
    link?.send({ type: 'file-cancel', id, ...(why && { why }) })
    happened(id, { type: 'cancelled', by: 'here', why })
  }

  /** What is fetched over and over, and never taken, does not fill this page. */
  function isFull(more: number): boolean {
    const open = list.filter((transfer) => transfer.fetch !== undefined && !isOver(transfer))
    return open.length >= MAX_OPEN || open.reduce((sum, { count }) => sum + count, more) > 2 * MAX_TRANSFER_FILES
  }

  function find(id: TransferId, direction: Transfer['direction']): Transfer | undefined {
    return list.find((transfer) => transfer.id === id && transfer.direction === direction)
  }

  return {
    get list() {
      return list
    },
    send(files, { folders = [], fetch } = {}) {
      const bytes = files.reduce((sum, { size }) => sum + size, 0)
      const about = files.slice(0, MAX_OFFERED_NAMES).map(({ path, size, modified }) => ({ path, size, modified }))
      const first = firstNamed(about, MAX_OFFERED_NAMES)
      if (fetch && isFull(files.length)) return 'too-many'
      const said = { count: files.length, bytes, ...(folders.length > 0 && { folders: folders.length }) }
      const sayable = files.every(({ path }) => isSayable(path)) && folders.every(isSayable)
      const why = sayable ? refusalOf(limits, said, files) : 'too-many'
      if (why) return why
      const offer = { id: v.parse(TransferId, randomId()), ...said, first, ...(fetch && { fetch }) }
      works.set(offer.id, { kind: 'sends', sender: createSender(files, undefined, folders) })
      add(offered(offer, 'sending', Date.now()))
      // Without a link it is said on the next one.
      link?.send({ type: 'file-offer', ...offer })
      return undefined
    },
    expect: (fetch, take) => void expected.set(fetch, take),
    accept(id, sink) {
      const transfer = find(id, 'receiving')
      if (transfer?.state.kind !== 'offered') return
      const { count, folders, bytes: limit, first } = transfer
      works.set(id, {
        kind: 'receives',
        receiver: createReceiver({ sink, count, folders, limit, first, refuses: limits.refuses }),
      })
      happened(id, { type: 'accepted', now: Date.now() })
      link?.send({ type: 'file-answer', id })
      wire.wanted()
    },
    refuse(id, why = 'refused') {
      if (find(id, 'receiving')?.state.kind !== 'offered') return
      link?.send({ type: 'file-answer', id, refused: why })
      happened(id, { type: 'refused', why })
    },
    obey() {
      for (const transfer of list) {
        if (transfer.direction !== 'receiving' || transfer.state.kind !== 'offered') continue
        const why = refusalOf(limits, transfer, transfer.first)
        if (!why) continue
        const rule = brokenRule(limits, why)
        sayRefused(transfer.id, why, rule)
        happened(transfer.id, { type: 'refused', why, rule })
      }
    },
    pause(id, paused) {
      link?.send({ type: 'file-pause', id, paused })
      happened(id, { type: 'paused', by: 'here', paused })
    },
    cancel,
    cancelAll(why) {
      for (const transfer of list) if (!isOver(transfer)) cancel(transfer.id, why)
      wire.unlink()
    },
    unlink: wire.unlink,
    onChange(changed, until) {
      changes.addEventListener('change', changed, { signal: until })
    },
    attach(next) {
      link = next
      next.signal.addEventListener('abort', () => {
        if (link === next) link = undefined
      })
      unanswered.clear()
      for (const { id, direction, state } of list)
        if (direction === 'sending' && state.kind === 'running') unanswered.add(id)
      // What reads on it is told first.
      queueMicrotask(() => repeat(next))
      return {
        ...wire.attach(next),
        'file-offer': hearOffer,
        'file-answer'({ id, refused, rule }) {
          const transfer = find(id, 'sending')
          // This page was loaded anew: the files are not in its hands any more.
          if (!transfer) return refused ? undefined : next.send({ type: 'file-cancel', id, why: 'gone' })
          unanswered.delete(id)
          happened(id, refused ? { type: 'refused', why: refused, rule } : { type: 'accepted', now: Date.now() })
          wire.wanted()
        },
        'file-pause': ({ id, paused }) => happened(id, { type: 'paused', by: 'there', paused }),
        'file-cancel': ({ id, why }) => happened(id, { type: 'cancelled', by: 'there', why }),
        'file-done'({ id, whole, failed }) {
          const sent = find(id, 'sending')
          if (!sent) return
          const { count, folders = 0 } = sent
          const most = Math.min(whole, count, Math.max(0, count + folders - failed.length))
          happened(id, { type: 'finished', now: Date.now(), whole: most, failed: cleaned(failed) })
        },
      }
    },
  }

  /** What the other side may have missed when the last link broke. */
  function repeat(next: FilesLink) {
    for (const transfer of list) {
      const { id, direction, state, at: _at, ...offer } = transfer
      if (direction === 'sending' && !isOver(transfer))
        next.send({ type: 'file-offer', id, ...offer, first: [...offer.first] })
      if (direction === 'receiving' && state.kind === 'running') answerAgain(transfer)
      if (direction === 'sending' && state.kind === 'cancelled' && state.by === 'here') answerAgain(transfer)
      if (state.kind === 'running') next.send({ type: 'file-pause', id, paused: state.paused.includes('here') })
    }
    wire.wanted()
  }
}
