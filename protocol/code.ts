import * as v from 'valibot'
import { Lookup, Secret } from './ids.ts'

/** What the customer types: lookup and secret. The interface calls it the connection ID. */
export type Code = { lookup: Lookup; secret: Secret }

/** `12345-67890`, the way a code is shown, copied and read aloud. */
export function formatCode(code: Code): string {
  return `${code.lookup}-${code.secret}`
}

/** `https://HOST/12345#67890`. The secret stands behind the `#`, which browsers do not send to servers. */
export function formatLink(origin: string, code: Code): string {
  return `${origin}/${code.lookup}#${code.secret}`
}

/**
 * Reads a code as people type or paste it: spaces, dots and any dash between or around the digits, digits of an Asian
 * keyboard, or the whole link with whatever stood around it in a message.
 * @returns undefined where there are not exactly ten digits.
 */
export function parseCode(text: string): Code | undefined {
  const plain = text.normalize('NFKC')
  const link = /\/(\d{5})\/?#(\d{5})(?!\d)/.exec(plain)
  const digits = link ? `${link[1]}${link[2]}` : plain.replace(/[\s.\-\u200b-\u2015\u2060_#/]/g, '')
  if (!/^\d{10}$/.test(digits)) return undefined
  return { lookup: v.parse(Lookup, digits.slice(0, 5)), secret: v.parse(Secret, digits.slice(5)) }
}
