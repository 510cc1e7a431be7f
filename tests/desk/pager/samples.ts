import * as v from 'valibot'
import type { Call } from '../../../desk/pager/calls.ts'
import { GroupId, Lookup, TicketId, type Time } from '../../../protocol/ids.ts'

/** Sixteen bytes' worth of base64url that ends with the number. */
const id = (letter: string, number: number) => String(number).padStart(22, letter)

export const ticketId = (number: number) => v.parse(TicketId, id('t', number))
export const groupId = (number: number) => v.parse(GroupId, id('g', number))

/** A customer of the first group who waits since `since`, and whom nobody has. */
export function call(number: number, since: Time = 0, whose: Call['whose'] = 'nobody'): Call {
  const lookup = v.parse(Lookup, String(number).padStart(5, '1'))
  return { ticket: ticketId(number), lookup, group: groupId(1), since, whose }
}
