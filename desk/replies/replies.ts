import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { randomId } from '../../peer/random-id.ts'
import type { GroupId } from '../../protocol/ids.ts'
import type { QueueRooms } from '../queue/details-store.ts'
import { keepOwnReplies, readOwnReplies } from '../settings.ts'
import { Reply } from './reply.ts'

/** Whose it is: one's own, in this browser only, or a group's, in the document of its queue. */
export type ReplyPlace = { kind: 'own' } | { kind: 'group'; group: GroupId }

export type KeptReply = Reply & { id: string; place: ReplyPlace }

/** Canned replies, one's own and those of the groups whose queues one reads. */
export type Replies = {
  /** By title. */
  readonly all: ReadonlySignal<readonly KeptReply[]>
  /** A new one, or in the place of the one with this id; it may change its place. @throws Error for a group that one is not in */
  keep(reply: Reply, place: ReplyPlace, before?: KeptReply): void
  remove(reply: KeptReply): void
}

export function openReplies(account: string, rooms: QueueRooms, until: AbortSignal): Replies {
  const own = signal<ReadonlyMap<string, Reply>>(new Map())
  const groups = signal<ReadonlyMap<GroupId, ReadonlyMap<string, Reply>>>(new Map())
  const followed = new Set<Y.Doc>()

  void readOwnReplies(account)
    .then((kept) => {
      own.value = new Map([...Object.entries(kept), ...own.peek()])
    })
    // Nothing can be kept in this browser: it begins without any.
    .catch(() => {})

  const stop = effect(() => {
    for (const [group, { document }] of rooms.value) untracked(() => follow(group, document))
  })
  until.addEventListener('abort', stop, { once: true })

  function follow(group: GroupId, document: Y.Doc) {
    if (followed.has(document)) return
    followed.add(document)
    const kept = document.getMap<unknown>('replies')
    const read = () => {
      groups.value = new Map(groups.peek()).set(group, readAll(kept))
    }
    kept.observe(read)
    read()
  }

  function mapOf(group: GroupId): Y.Map<unknown> {
    const room = rooms.peek().get(group)
    if (!room) throw new Error('a reply is kept in a group that one is in')
    return room.document.getMap('replies')
  }

  function changeOwn(change: (replies: Map<string, Reply>) => void) {
    const next = new Map(own.peek())
    change(next)
    own.value = next
    keepOwnReplies(account, Object.fromEntries(next)).catch(() => {})
  }

  function removeFrom({ id, place }: Pick<KeptReply, 'id' | 'place'>) {
    if (place.kind === 'own') changeOwn((replies) => replies.delete(id))
    else mapOf(place.group).delete(id)
  }

  return {
    all: computed(() => {
      const open = [...groups.value].filter(([group]) => rooms.value.has(group))
      const found = [
        ...[...own.value].map(([id, reply]): KeptReply => ({ ...reply, id, place: { kind: 'own' } })),
        ...open.flatMap(([group, replies]) =>
          [...replies].map(([id, reply]): KeptReply => ({ ...reply, id, place: { kind: 'group', group } })),
        ),
      ]
      return found.sort((one, other) => one.title.localeCompare(other.title))
    }),
    keep(reply, place, before) {
      const id = before?.id ?? randomId()
      if (place.kind === 'own') changeOwn((replies) => replies.set(id, reply))
      else mapOf(place.group).set(id, reply)
      if (before && !samePlace(before.place, place)) removeFrom(before)
    },
    remove: removeFrom,
  }
}

function samePlace(one: ReplyPlace, other: ReplyPlace): boolean {
  if (one.kind === 'own' || other.kind === 'own') return one.kind === other.kind
  return one.group === other.group
}

/** What does not fit the schema is not shown, and not touched. */
function readAll(kept: Y.Map<unknown>): ReadonlyMap<string, Reply> {
  const read = [...kept.entries()].flatMap(([id, value]) => {
    const reply = v.safeParse(Reply, value)
    return reply.success ? [[id, reply.output] as const] : []
  })
  return new Map(read)
}
