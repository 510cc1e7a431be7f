import { BlockList, isIP } from 'node:net'
import * as v from 'valibot'
import type { Bucket } from './media/s3.ts'

/** The kinds of values that variables of the environment have. Each message says what is allowed. */

export const LogLevel = v.picklist(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  'one of fatal, error, warn, info, debug, trace, silent',
)

export const whole = (least: number, most: number) => {
  const range = `a whole number from ${least} to ${most}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, range),
    v.transform(Number),
    v.minValue(least, range),
    v.maxValue(most, range),
  )
}

const list = v.pipe(
  v.string(),
  v.transform((text) => text.split(/[\s,]+/).filter((item) => item !== '')),
)

export const urls = (scheme: 'stun' | 'turn') =>
  v.pipe(
    list,
    v.everyItem(
      (url) => new RegExp(`^${scheme}s?:[^\\s/?]+(\\?transport=(udp|tcp))?$`).test(url),
      `addresses such as ${scheme}:${scheme}.example.org:3478, with commas between them`,
    ),
  )

export const Origin = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\/$/, '')),
  v.check(isHttpOrigin, 'an origin such as https://help.example.org, without a path'),
)

function isHttpOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

const S3_EXAMPLE = 'an address such as https://KEY:SECRET@s3.example.org/bucket?region=eu-west-1'

/** Key and secret are written as in any address: what is special there as %2F. */
export const S3Url = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Bucket => {
    const url = URL.parse(dataset.value)
    const base = url && /^https?:$/.test(url.protocol) && url.username && url.password && /^\/[\w.-]/.test(url.pathname)
    if (!base) {
      addIssue({ message: S3_EXAMPLE })
      return NEVER
    }
    return {
      base: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
      region: url.searchParams.get('region') ?? 'us-east-1',
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    }
  }),
)

export const Proxies = v.pipe(
  list,
  v.everyItem(isAddressOrNetwork, 'addresses or networks such as 127.0.0.1, 10.0.0.0/8, with commas between them'),
  v.transform(toBlockList),
)

function isAddressOrNetwork(item: string): boolean {
  const [address = '', prefix] = item.split('/')
  const family = isIP(address)
  if (family === 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

function toBlockList(items: string[]): BlockList {
  const believed = new BlockList()
  for (const item of items) {
    const [address = '', prefix] = item.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) believed.addAddress(address, family)
    else believed.addSubnet(address, Number(prefix), family)
  }
  return believed
}

export const SmtpUrl = v.pipe(
  v.string(),
  v.check(
    isSmtpUrl,
    'an address such as smtps://user:password@mail.example.org or smtp://mail.example.org:587, with any of :/?#@% in user and password percent-encoded',
  ),
)

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return false
  if (/[\p{Cc}\s]/u.test(text) || url.search !== '' || url.hash !== '' || !/^\/?$/.test(url.pathname)) return false
  return isPercentEncoded(url.username) && isPercentEncoded(url.password)
}

function isPercentEncoded(text: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text))
  } catch {
    return false
  }
}

/** A mailbox as it stands in `From`: the address alone, or behind a name. */
export const Sender = v.pipe(
  v.string(),
  v.transform(readSender),
  v.check(
    ({ name, address }) => !/[\p{Cc}<>"]/u.test(name) && v.is(v.pipe(v.string(), v.email()), address),
    'an address such as help@example.org, or Example <help@example.org>',
  ),
)

function readSender(text: string): { name: string; address: string } {
  const [, name = '', address = ''] = /^\s*"?([^<"]*?)"?\s*<([^>]*)>\s*$/.exec(text) ?? []
  return address === '' ? { name: '', address: text.trim() } : { name: name.trim(), address }
}

/** What stands behind the scheme is `pg`'s to read. */
export const DatabaseUrl = v.pipe(
  v.string(),
  v.regex(
    /^postgres(ql)?:\/\/[^\p{Cc}\s]+$/u,
    'an address such as postgres://user:password@127.0.0.1:5432/deskside, with any of :/?#@% in user and password percent-encoded',
  ),
)

export const secret = (least: number) => v.pipe(v.string(), v.minLength(least, `at least ${least} characters`))

export const folder = v.pipe(v.string(), v.minLength(1, 'a folder'))

export const host = v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'an address or a host name'))
