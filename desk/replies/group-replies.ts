import * as v from 'valibot'
import * as Y from 'yjs'
import { changeBetween } from '../case/text-change.ts'
import { Reply } from './reply.ts'

/** A group's replies in the document of its queue: each a map of `title` (text) and `text` (Y.Text). */
const repliesIn = (document: Y.Doc) => document.getMap<unknown>('replies')

/** What does not fit the schema is not shown, and not touched. */
export function readGroupReplies(document: Y.Doc): ReadonlyMap<string, Reply> {
  const read = [...repliesIn(document).entries()].flatMap(([id, value]) => {
    if (!(value instanceof Y.Map)) return []
    const text = value.get('text')
    const reply = v.safeParse(Reply, {
      title: value.get('title'),
      text: text instanceof Y.Text ? text.toString() : undefined,
    })
    return reply.success ? [[id, reply.output] as const] : []
  })
  return new Map(read)
}

/** @param changed hears of each change, in this browser or in another, until the document is destroyed */
export function followGroupReplies(document: Y.Doc, changed: () => void) {
  repliesIn(document).observeDeep(changed)
}

/**
 * Makes one, or writes what was changed since `before`, as it was when somebody began: what others changed elsewhere in it, without
 * each other's knowledge too, stays.
 */
export function writeGroupReply(document: Y.Doc, id: string, after: Reply, before: Reply | undefined) {
  document.transact(() => {
    const replies = repliesIn(document)
    const found = replies.get(id)
    const text = found instanceof Y.Map ? found.get('text') : undefined
    if (!before || !(found instanceof Y.Map) || !(text instanceof Y.Text)) {
      replies.set(id, new Y.Map<unknown>([['title', after.title] as const, ['text', new Y.Text(after.text)] as const]))
      return
    }
    if (after.title !== before.title) found.set('title', after.title)
    const change =
      after.text === before.text ? undefined : changeBetween(text.toString(), after.text, after.text.length)
    if (change && change.removed > 0) text.delete(change.at, change.removed)
    if (change?.inserted) text.insert(change.at, change.inserted)
  })
}

export function removeGroupReply(document: Y.Doc, id: string) {
  repliesIn(document).delete(id)
}
