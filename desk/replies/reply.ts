import * as v from 'valibot'
import { MAX_CHAT_TEXT } from '../../protocol/limits.ts'

export const MAX_REPLY_TITLE = 80

/** So many are kept of one's own, and as many of each group. */
export const MAX_REPLIES = 200

/** What is kept is never cut: where two wrote at once, both their words may be more than one may write. */
const MERGED = 4

/** What somebody writes again and again. `{customer}` and `{technician}` in its text become names. */
export const Reply = v.strictObject({
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_REPLY_TITLE)),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MERGED * MAX_CHAT_TEXT)),
})
export type Reply = v.InferOutput<typeof Reply>

/** Empty where it is not known. */
export type ReplyNames = { customer: string; technician: string }

/** What stands in for whose name, in the languages of the interface. */
const BLANKS = {
  customer: 'customer',
  client: 'customer',
  technician: 'technician',
  technicien: 'technician',
} as const satisfies Record<string, keyof ReplyNames>

/**
 * With names in it; what is in braces otherwise stays as it is. Where a name is not known, neither is the space before it:
 * `Hello {customer},` becomes `Hello,`.
 */
export function fillIn(text: string, names: ReplyNames): string {
  return text.replace(
    /([ \u00a0]?)\{(customer|client|technician|technicien)\}/g,
    (_, space: string, blank: keyof typeof BLANKS) => {
      const name = names[BLANKS[blank]].trim()
      return name && `${space}${name}`
    },
  )
}
