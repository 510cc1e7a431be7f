import type * as v from 'valibot'
import type { FileCancel, FileSignal, TransferId } from '../../protocol/files.ts'
import type { Role } from '../../protocol/ids.ts'
import type { Signal } from '../../protocol/pairing.ts'
import { allowance } from '../allowance.ts'
import { backoff } from '../backoff.ts'
import type { Frame } from '../frames.ts'
import { sleep } from '../sleep.ts'
import type { openFileLink } from './file-link.ts'
import { type FileStreams, openFileStreams } from './file-streams.ts'
import type { FileReaders, FilesLink } from './files-link.ts'
import type { Receiver } from './receive.ts'
import type { Sender } from './send.ts'
import type { Transfer, TransferEvent } from './transfer.ts'

/** A link for files that carries nothing is closed after so long, in ms. */
const IDLE_MS = 60_000

/** So many attempts the other side may have this browser make at once, and so many a second after that: each costs it a connection. */
const ATTEMPTS = { atOnce: 40, perSecond: 0.5 }

/** What this side has for one transfer, beside what both show. */
export type Work = { kind: 'sends'; sender: Sender } | { kind: 'receives'; receiver: Receiver }

export type WireParts = {
  /** Makes one link. @see openFileLink */
  dial: typeof openFileLink
  role: Role
  /** The session's own link, while there is one. */
  link(): FilesLink | undefined
  transfers(): readonly Transfer[]
  /** Its receiver has said yes on this link. */
  isAnswered(id: TransferId): boolean
  works: ReadonlyMap<TransferId, Work>
  /** Fires `change` with each change of a transfer. */
  changes: EventTarget
  happened(id: TransferId, event: TransferEvent): void
  finished(id: TransferId, receiver: Receiver): void
  /** This side cannot go on with it. */
  fail(id: TransferId, why: FileCancel['why']): void
  signal: AbortSignal
}

/**
 * The link for the bytes of a session's files: made when there are any, made again when it is lost, closed when there are none. The
 * customer's page makes it; the technician's asks for it.
 */
export type FileWire = {
  attach(link: FilesLink): Pick<FileReaders, 'file-link' | 'file-signal'>
  /** Something may have to be carried now. */
  wanted(): void
  /** This transfer is over. */
  stop(id: TransferId): void
  /** The session is over: the next one may be with somebody else, and makes a link of its own. */
  unlink(): void
}

type FileSignalMessage = v.InferOutput<typeof FileSignal>

/** One attempt, or the link that came of it. */
type Dial = {
  number: number
  hear(signal: Signal): void
  life: AbortController
  streams: FileStreams | undefined
}

export function openFileWire(parts: WireParts): FileWire {
  const { role, transfers, happened, signal } = parts
  let dial: Dial | undefined
  let number = 0
  let failures = 0
  let idle: ReturnType<typeof setTimeout> | undefined
  signal.addEventListener('abort', () => clearTimeout(idle))

  const attempts = allowance(ATTEMPTS)

  const running = () => transfers().filter(({ state }) => state.kind === 'running')

  /** Whether the other side may have an attempt made: there is something to carry, and it does not ask without end. */
  const mayAsk = () => running().length > 0 && attempts.take(1)

  function wanted() {
    const carried = running().filter(({ id }) => parts.isAnswered(id))
    clearTimeout(idle)
    if (dial?.streams) {
      for (const { id } of carried) happened(id, { type: 'linked', linked: true })
      dial.streams.carry(carried)
      if (carried.length === 0) idle = setTimeout(() => dial?.life.abort(), IDLE_MS)
    } else if (carried.length > 0 && !dial) {
      const link = parts.link()
      if (role === 'customer') begin(link, number + 1)
      else link?.send({ type: 'file-link' })
    }
  }

  function begin(link: FilesLink | undefined, next: number): Dial | undefined {
    if (!link || signal.aborted) return undefined
    number = next
    const life = new AbortController()
    const waiting: Signal[] = []
    const own: Dial = { number, life, streams: undefined, hear: (data) => void waiting.push(data) }
    dial = own
    // Until it stands its signals need the session's link.
    const unlinked = () => own.streams ?? life.abort()
    link.signal.addEventListener('abort', unlinked, { signal: life.signal })
    parts
      .dial({
        initiator: role === 'customer',
        paced: true,
        iceServers: link.connection.getConfiguration().iceServers ?? [],
        say: (data) => link.send({ type: 'file-signal', dial: own.number, signal: data }),
        hearSignals(hear) {
          own.hear = hear
          for (const data of waiting.splice(0)) hear(data)
        },
        onOpen({ channel, signal: alive }) {
          failures = 0
          own.streams = openFileStreams({ ...parts, channel, lose: (error) => life.abort(error), signal: alive })
          alive.addEventListener('abort', () => lost(own))
          wanted()
        },
        onFrame: (frame: Frame) => own.streams?.hear(frame),
        signal: AbortSignal.any([signal, life.signal]),
      })
      .catch(() => lost(own))
    return own
  }

  function lost(own: Dial) {
    if (dial !== own) return
    dial = undefined
    own.life.abort()
    for (const { id } of running()) happened(id, { type: 'linked', linked: false })
    failures += 1
    void sleep(backoff(failures), signal).then(wanted)
  }

  return {
    attach(link) {
      /** Attempts are counted on each link anew: a page that was loaded anew begins with the first. */
      let heard = 0
      return { 'file-link': askedFor, 'file-signal': hear }

      function askedFor() {
        if (role !== 'customer' || (dial && !dial.streams) || !mayAsk()) return
        // The desk has lost what seems to stand from here.
        if (dial) lost(dial)
        begin(link, number + 1)
      }

      function hear({ dial: which, signal: data }: FileSignalMessage) {
        if (role === 'technician' && which > heard) {
          heard = which
          if (!mayAsk()) return
          dial?.life.abort()
          begin(link, which)
        }
        if (dial?.number === which) dial.hear(data)
      }
    },
    wanted,
    stop(id) {
      dial?.streams?.stop(id)
      wanted()
    },
    unlink() {
      const before = dial
      dial = undefined
      clearTimeout(idle)
      before?.life.abort()
      for (const { id } of running()) happened(id, { type: 'linked', linked: false })
    },
  }
}
