import type { ReplyPlace } from '../../desk/replies/replies.ts'
import { m } from '../../paraglide/messages.js'
import type { Names } from './names.ts'

/** Whose a reply is, in words. */
export function placeName(place: ReplyPlace, names: Names): string {
  return place.kind === 'own' ? m.replies_own() : names.group(place.group)
}
