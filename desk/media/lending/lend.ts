import * as v from 'valibot'
import { openFileLink } from '../../../peer/files/file-link.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { createSender, hashesBefore } from '../../../peer/files/send.ts'
import type { SourceFile } from '../../../peer/files/source.ts'
import { type StreamSender, startStreamSender } from '../../../peer/files/stream-sender.ts'
import type { IceServers } from '../../../peer/ice-servers.ts'
import { TransferId } from '../../../protocol/files.ts'
import { type LineId, MediaType } from '../../../protocol/media.ts'
import type { Signal } from '../../../protocol/pairing.ts'
import type { Media } from '../media.ts'
import type { MediaItem } from '../media-item.ts'
import type { Asked, MediaTalk } from './media-talk.ts'

type Parts = {
  talk: MediaTalk
  media: Pick<Media, 'items' | 'read' | 'loaded'>
  ice: IceServers
  signal: AbortSignal
}

/** So many are lent at once: what each needs is in memory, and a line that was never used is given up after a while. */
const MAX_LENT = 6

type Lent = { asker: string; hear(signal: Signal): void }

/** Answers colleagues' desks that ask for images of a ticket which this browser has, and sends them over links of their own. */
export function lendMedia({ talk, media, ice, signal: until }: Parts): void {
  const lent = new Map<LineId, Lent>()

  talk.onAsked((asked) => {
    const { line, word, desk } = asked
    if (word.type === 'seek')
      void media.loaded.then(() => asked.answer({ type: 'have', items: had(asked, word.items) }))
    if (word.type === 'fetch' && word.desk === talk.desk) void lend(asked, word)
    const open = word.type === 'signal' ? lent.get(line) : undefined
    if (word.type === 'signal' && open?.asker === desk) open.hear(word.signal)
  }, until)

  function had({ ticket }: Asked, ids: readonly MediaItem['id'][]) {
    return ids.flatMap((id) => {
      const item = kept(media.items.peek().get(id), ticket)
      return item && v.is(MediaType, item.type) ? [{ id, type: item.type }] : []
    })
  }

  async function lend(
    { ticket, line, desk, answer }: Asked,
    { item: id, from }: { item: MediaItem['id']; from: number },
  ) {
    if (lent.has(line)) return
    if (lent.size >= MAX_LENT) return answer({ type: 'busy' })
    const life = new AbortController()
    const waiting: Signal[] = []
    const own: Lent = { asker: desk, hear: (signal) => void waiting.push(signal) }
    lent.set(line, own)
    answer({ type: 'coming' })
    try {
      const item = kept(media.items.peek().get(id), ticket)
      const blob = item && (await media.read(id))
      if (!blob || from > blob.size) return answer({ type: 'gone' })
      const source = sourceOf(item, blob)
      const begun = await hashesBefore(source, from).catch(() => undefined)
      if (!begun) return answer({ type: 'gone' })
      const { iceServers } = await ice()
      const alive = AbortSignal.any([until, life.signal])
      let stream: StreamSender | undefined
      const ended = Promise.withResolvers<void>()
      await openFileLink({
        initiator: false,
        paced: false,
        iceServers,
        say: (signal) => answer({ type: 'signal', signal }),
        hearSignals(hear) {
          own.hear = hear
          for (const signal of waiting.splice(0)) hear(signal)
        },
        onOpen({ channel, signal }) {
          signal.addEventListener('abort', () => ended.resolve(), { once: true })
          stream = startStreamSender({
            id: v.parse(TransferId, line),
            sender: createSender([source], begun),
            write: (frame) => channel.sendFrame('file', 1, frame),
            going: async () => {},
            progress() {},
            signal,
          })
          // What is not sent is asked for again.
          stream.over.catch(() => {})
        },
        onFrame({ payload }) {
          try {
            for (const record of decodeRecords(payload)) stream?.hear(record)
          } catch (error) {
            life.abort(error)
          }
        },
        signal: alive,
      })
      // The asking desk closes it once it has all.
      await ended.promise
    } catch {
      // The other desk sees that the link does not come, or broke, and asks again.
    } finally {
      life.abort()
      lent.delete(line)
    }
  }
}

/** One that is whole, of this ticket. */
function kept(item: MediaItem | undefined, ticket: MediaItem['ticket']): MediaItem | undefined {
  return item && item.ticket === ticket && item.state.kind !== 'unfinished' ? item : undefined
}

function sourceOf({ id, at }: MediaItem, blob: Blob): SourceFile {
  return {
    path: [id],
    size: blob.size,
    modified: at,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }
}
