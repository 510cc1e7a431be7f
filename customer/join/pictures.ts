import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { CustomerPart } from '../../peer/live-link.ts'
import type { Pictures, PicturesEvents } from '../../peer/pictures.ts'
import { randomId } from '../../peer/random-id.ts'
import { MAX_PICTURES } from '../../protocol/limits.ts'
import { PictureId } from '../../protocol/picture.ts'
import { retried } from '../retried.ts'
import type { Conversation } from './conversation.ts'

/** The pictures in this page's chat. They are in its memory only: a reload leaves a line that says that there was one. */
export type ChatPictures = {
  /** Addresses under which this page shows them. */
  readonly urls: ReadonlySignal<ReadonlyMap<string, string>>
  /** A file of the person's that is not sent, and why; until the next one. */
  readonly problem: ReadonlySignal<{ kind: 'no-picture'; name: string } | { kind: 'too-many' } | undefined>
  /** Fresh for a seat. Its code comes with the link's, which must wait for `loaded`. */
  begin(): { part: CustomerPart; loaded: Promise<unknown> }
  send(file: File): Promise<void>
}

export function startPictures(conversation: Pick<Conversation, 'pictured' | 'pictureState'>): ChatPictures {
  const urls = signal<ReadonlyMap<string, string>>(new Map())
  const problem = signal<ChatPictures['problem']['value']>(undefined)
  let exchange: Pictures | undefined
  let sent = 0

  function show(id: string, picture: Blob) {
    urls.value = new Map(urls.peek()).set(id, URL.createObjectURL(picture))
  }

  const events: PicturesEvents = {
    came({ id, at, picture }) {
      show(id, picture)
      conversation.pictured(id, false, at)
    },
    received: (id) => conversation.pictureState(id, 'delivered'),
    refused: (id, why) => conversation.pictureState(id, why),
  }

  return {
    urls,
    problem,
    begin() {
      sent = 0
      const loaded = retried(() => import('../../peer/pictures.ts')).then(({ canDecode, createPictures }) => {
        exchange = createPictures(events, canDecode)
      })
      return { part: (link) => exchange?.part(link), loaded }
    },
    async send(file) {
      problem.value = undefined
      if (sent >= MAX_PICTURES) {
        problem.value = { kind: 'too-many' }
        return
      }
      const { sendable } = await retried(() => import('../../peer/shrink-picture.ts'))
      const picture = await sendable(file).catch(() => undefined)
      if (!picture) {
        problem.value = { kind: 'no-picture', name: file.name }
        return
      }
      sent += 1
      const id = v.parse(PictureId, randomId())
      const at = Date.now()
      show(id, picture.bytes)
      conversation.pictured(id, true, at)
      exchange?.send(id, file.name, at, picture)
    },
  }
}
