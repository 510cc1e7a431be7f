import { BlockList, isIP } from 'node:net'
import * as v from 'valibot'

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

export const secret = (least: number) => v.pipe(v.string(), v.minLength(least, `at least ${least} characters`))

export const folder = v.pipe(v.string(), v.minLength(1, 'a folder'))

export const host = v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'an address or a host name'))
