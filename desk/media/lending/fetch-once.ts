import * as v from 'valibot'
import { openFileLink } from '../../../peer/files/file-link.ts'
import type { Receiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { isFull } from '../../../peer/files/sink.ts'
import { type StreamReceiver, startStreamReceiver } from '../../../peer/files/stream-receiver.ts'
import type { IceServers } from '../../../peer/ice-servers.ts'
import { randomId } from '../../../peer/random-id.ts'
import { type DeskId, LineId } from '../../../protocol/media.ts'
import type { Signal } from '../../../protocol/pairing.ts'
import type { ListedMedia } from '../../case/case-media.ts'
import { FetchError } from './fetch-state.ts'
import { ANSWER_MS, type MediaTalk } from './media-talk.ts'
import type { Sought } from './whereabouts.ts'

type Parts = {
  of: Sought
  listed: ListedMedia
  /** Which has it. */
  desk: DeskId
  receiver: Receiver
  talk: Pick<MediaTalk, 'ask' | 'onAnswered'>
  ice: IceServers
  /** More is here. */
  onProgress(): void
  signal: AbortSignal
}

/**
 * One link to the desk that has an image, over which the rest of it comes.
 * @throws FetchError where no further link would help; anything else where the link did not come, or broke
 */
export async function fetchOnce({
  of,
  listed,
  desk,
  receiver,
  talk,
  ice,
  onProgress,
  signal: until,
}: Parts): Promise<void> {
  const line = v.parse(LineId, randomId())
  const life = new AbortController()
  const alive = AbortSignal.any([until, life.signal])
  const waiting: Signal[] = []
  let hear: (signal: Signal) => void = (signal) => void waiting.push(signal)
  let stream: StreamReceiver | undefined
  const over = Promise.withResolvers<void>()
  over.promise.catch(() => {})

  const late = setTimeout(() => life.abort(new Error('that desk does not answer')), ANSWER_MS)
  talk.onAnswered(({ line: on, from, desk: by, word }) => {
    if (on !== line || from !== listed.by || by !== desk) return
    clearTimeout(late)
    if (word.type === 'signal') hear(word.signal)
    if (word.type === 'gone') life.abort(new FetchError('gone'))
    if (word.type === 'busy') life.abort(new Error('others are fetched from there now'))
  }, alive)

  try {
    const { index, offset } = await receiver.position()
    const { iceServers } = await ice()
    alive.throwIfAborted()
    talk.ask(of, listed.by, line, { type: 'fetch', item: listed.id, desk, from: index === 0 ? offset : 0 })
    await openFileLink({
      initiator: true,
      paced: false,
      iceServers,
      say: (signal) => talk.ask(of, listed.by, line, { type: 'signal', signal }),
      hearSignals(take) {
        hear = take
        for (const signal of waiting.splice(0)) take(signal)
      },
      onOpen({ channel, signal }) {
        signal.addEventListener('abort', () => over.reject(signal.reason), { once: true })
        stream = startStreamReceiver({
          receiver,
          write: (frame) => channel.sendFrame('file', 1, frame),
          progress: onProgress,
          signal,
        })
        stream.over.then(over.resolve, over.reject)
      },
      onFrame({ payload }) {
        try {
          for (const record of decodeRecords(payload)) if (record.kind !== 'transfer') stream?.hear(record)
        } catch (error) {
          life.abort(error)
        }
      },
      signal: alive,
    })
    await over.promise
  } catch (error) {
    if (isFull(error)) throw new FetchError('full')
    throw error
  } finally {
    clearTimeout(late)
    life.abort()
  }
}
