import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type * as Y from 'yjs'
import { randomId } from '../../peer/random-id.ts'
import type { GroupId } from '../../protocol/ids.ts'
import { keepOwnReplies, readOwnReplies } from '../account/settings.ts'
import type { QueueRooms } from '../queue/details-store.ts'
import { followGroupReplies, readGroupReplies, removeGroupReply, writeGroupReply } from './group-replies.ts'
import { MAX_REPLIES, type Reply } from './reply.ts'

/** Whose it is: one's own, in this browser only, or a group's, in the document of its queue. */
export type ReplyPlace = { kind: 'own' } | { kind: 'group'; group: GroupId }

export type KeptReply = Reply & { id: string; place: ReplyPlace }

/** Canned replies, one's own and those of the groups whose queues one reads. */
export type Replies = {
  /** By title. */
  readonly all: ReadonlySignal<readonly KeptReply[]>
  /**
   * A new one, or what was changed in `before`, as it was when somebody began to write; it may change its place. One that was deleted
   * meanwhile is there again.
   * @returns false where there are `MAX_REPLIES` already; nothing is changed then
   * @throws Error for a group that one is not in
   */
  keep(reply: Reply, place: ReplyPlace, before?: KeptReply): boolean
  remove(reply: KeptReply): void
}

export function openReplies(account: string, rooms: QueueRooms, until: AbortSignal): Replies {
  const own = signal<ReadonlyMap<string, Reply>>(new Map())
  const groups = signal<ReadonlyMap<GroupId, ReadonlyMap<string, Reply>>>(new Map())
  const followed = new Set<Y.Doc>()

  const loaded = readOwnReplies(account)
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
    const read = () => {
      groups.value = new Map(groups.peek()).set(group, readGroupReplies(document))
    }
    followGroupReplies(document, read)
    read()
  }

  function documentOf(group: GroupId): Y.Doc {
    const room = rooms.peek().get(group)
    if (!room) throw new Error('a reply is kept in a group that one is in')
    return room.document
  }

  function changeOwn(change: (replies: Map<string, Reply>) => void) {
    const next = new Map(own.peek())
    change(next)
    own.value = next
    // Not before those that were there are among them.
    void loaded.then(() => keepOwnReplies(account, Object.fromEntries(own.peek()))).catch(() => {})
  }

  function removeFrom({ id, place }: Pick<KeptReply, 'id' | 'place'>) {
    if (place.kind === 'own') changeOwn((replies) => replies.delete(id))
    else {
      // Where one left the group meanwhile, it is the group's.
      const room = rooms.peek().get(place.group)
      if (room) removeGroupReply(room.document, id)
    }
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
      const there = place.kind === 'own' ? own.peek() : groups.peek().get(place.group)
      if (!there?.has(id) && (there?.size ?? 0) >= MAX_REPLIES) return false
      const stays = before && samePlace(before.place, place)
      if (place.kind === 'own') changeOwn((replies) => replies.set(id, reply))
      else writeGroupReply(documentOf(place.group), id, reply, stays ? before : undefined)
      if (before && !stays) removeFrom(before)
      return true
    },
    remove: removeFrom,
  }
}

function samePlace(one: ReplyPlace, other: ReplyPlace): boolean {
  if (one.kind === 'own' || other.kind === 'own') return one.kind === other.kind
  return one.group === other.group
}
