import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * better-auth keeps its state in signed cookies. No browser ever gets one: a pair `name=value` goes to the client as an opaque
 * string in a JSON body, and comes back as the header of a call inside this process.
 */

/** The pairs that a reply of better-auth would have set, by name; those that it would have ended are left out. */
export function pairsOf(response: Response): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (pair.length > at + 1 && !/;\s*max-age=0\b/i.test(line)) pairs.set(name, pair)
    else pairs.delete(name)
  }
  return pairs
}

/** A header with these pairs and nothing else; undefined ones are left out. */
export function cookieHeader(...pairs: (string | undefined)[]): Headers {
  return new Headers({ cookie: pairs.filter((pair) => pair !== undefined).join('; ') })
}

/** Whether what a client gave is one pair of this name: nothing else may come into the header with it. */
export function isPair(name: string, given: string): boolean {
  return given.startsWith(`${name}=`) && /^[\w.%+/=~!-]+$/.test(given)
}

/** `value.signature`, as better-auth signs cookies: HMAC-SHA-256, base64. */
export function sign(value: string, secret: string): string {
  return `${value}.${createHmac('sha256', secret).update(value).digest('base64')}`
}

/** The value of `value.signature`, unless the signature is not ours. */
export function unsign(signed: string, secret: string): string | undefined {
  const at = signed.lastIndexOf('.')
  const value = signed.slice(0, Math.max(0, at))
  const expected = createHmac('sha256', secret).update(value).digest()
  const given = Buffer.from(signed.slice(at + 1), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined
}

export function signedPair(name: string, value: string, secret: string): string {
  return `${name}=${encodeURIComponent(sign(value, secret))}`
}

/** The value inside a signed pair. */
export function valueIn(pair: string, secret: string): string | undefined {
  try {
    return unsign(decodeURIComponent(pair.slice(pair.indexOf('=') + 1)), secret)
  } catch {
    return undefined
  }
}
