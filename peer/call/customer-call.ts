import type { CallId } from '../../protocol/call.ts'
import type { CustomerPart } from '../live-link.ts'
import type { CallHandle } from './call-handle.ts'
import { type Lines, makeLines } from './lines.ts'

/** The customer's side of a call on each link: the lines are made when they are first needed, and stay as long as the link. */
export function customerCall(call: CallHandle): CustomerPart {
  return (link, negotiation) => {
    let lines: Promise<Lines> | undefined
    let carried: CallId | undefined
    call.part(link)
    call.onChange(follow, link.signal)
    follow()

    function follow() {
      const { call: now } = call.now
      if (now.kind !== 'on' || now.id === carried) return
      carried = now.id
      lines ??= makeLines(link, negotiation)
      lines.then(
        (made) => carry(now.id, made),
        () => {
          lines = undefined
          // With the link that is gone it is made anew on the next.
          if (!link.signal.aborted) call.carry(undefined)
        },
      )
    }

    function carry(id: CallId, made: Lines) {
      const { voice, picture } = made
      if (link.signal.aborted || voice.mid === null || picture.mid === null) return
      call.carry(made)
      link.send({ type: 'call-lines', id, voice: voice.mid, picture: picture.mid })
    }
  }
}
