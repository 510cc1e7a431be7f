import type { TechnicianPart } from '../live-link.ts'
import type { CallHandle } from './call-handle.ts'
import { isOf } from './call-rules.ts'
import { namedLines } from './lines.ts'

/** The technician's side of a call on each link: it takes the lines that the customer names. */
export function technicianCall(call: CallHandle): TechnicianPart {
  return (link) => {
    call.part(link)
    link.on('call-lines', (named) => {
      const { call: now } = call.now
      if (now.kind !== 'on' || !isOf(now, named.id)) return
      const lines = namedLines(link, named)
      if (lines) call.carry(lines)
      else link.refuse('lines that carry no call')
    })
  }
}
