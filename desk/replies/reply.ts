import * as v from 'valibot'
import { MAX_CHAT_TEXT } from '../../protocol/limits.ts'

export const MAX_REPLY_TITLE = 80

/** What somebody writes again and again. `{customer}` and `{technician}` in its text become names. */
export const Reply = v.strictObject({
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_REPLY_TITLE)),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_CHAT_TEXT)),
})
export type Reply = v.InferOutput<typeof Reply>

/** With names in it; what is in braces otherwise stays as it is. */
export function fillIn(text: string, names: { customer: string; technician: string }): string {
  return text.replace(/\{(customer|technician)\}/g, (_, who: keyof typeof names) => names[who])
}
