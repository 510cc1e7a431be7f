import type { Replies } from '../replies/replies.ts'
import { Reply } from '../replies/reply.ts'
import { pack, unpack } from './pack.ts'
import type { BackupPart } from './part.ts'

const OWN = { kind: 'own' } as const

/** One's own canned replies; those of the groups are in the queues. One that is here stays: it may have been mended since. */
export function repliesPart(replies: Replies): BackupPart {
  const own = () => replies.all.peek().filter(({ place }) => place.kind === 'own')
  return {
    kinds: ['reply'],
    async *collect() {
      for (const { id, title, text } of own()) yield { kind: 'reply', name: id, bytes: pack({ title, text }, []) }
    },
    async merge({ name: id, bytes }) {
      const { about: reply } = unpack(bytes, Reply)
      if (own().some((known) => known.id === id)) return 'same'
      return replies.keep(reply, OWN, { ...reply, id, place: OWN }) ? 'new' : 'left-out'
    },
  }
}
