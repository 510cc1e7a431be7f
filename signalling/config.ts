import { BlockList, isIP } from 'node:net'
import * as v from 'valibot'
import { defaultLimits, type Limits } from './limits.ts'
import { StartError } from './start-error.ts'

/** Where the TURN relay is, and the secret that it shares with this server (coturn: `use-auth-secret`). */
export type Turn = { urls: string[]; secret: string; ttlSeconds: number }

export type Config = {
  port: number
  host: string
  /** The origin in links; undefined: `http://localhost:` and the port that it got. */
  publicUrl: string | undefined
  dataDir: string
  /** The customer's pages, as Vite built them. */
  pagesDir: string
  logLevel: v.InferOutput<typeof LogLevel>
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: BlockList
  stunUrls: string[]
  turn: Turn | undefined
  ticketMs: number
  /** Signs bearer tokens; undefined: the one that is kept in `dataDir`. */
  authSecret: string | undefined
  limits: Limits
}

const LogLevel = v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

const whole = (least: number, most: number) => {
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

const urls = (scheme: 'stun' | 'turn') =>
  v.pipe(
    list,
    v.everyItem(
      (url) => new RegExp(`^${scheme}s?:[^\\s/?]+(\\?transport=(udp|tcp))?$`).test(url),
      `addresses such as ${scheme}:${scheme}.example.org:3478, with commas between them`,
    ),
  )

const Origin = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\/$/, '')),
  v.check(isHttpOrigin, 'an origin such as https://help.example.org, without a path'),
)

function isHttpOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

const Proxies = v.pipe(
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

const secret = (least: number) => v.pipe(v.string(), v.minLength(least, `at least ${least} characters`))

/** The environment, as the operator writes it. `docs/OPERATIONS.md` has the same table. */
const Environment = v.object({
  PORT: v.optional(whole(0, 65_535), '8080'),
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'an address or a host name')), '127.0.0.1'),
  PUBLIC_URL: v.optional(Origin),
  DATA_DIR: v.optional(v.pipe(v.string(), v.minLength(1, 'a folder')), 'data'),
  PAGES_DIR: v.optional(v.pipe(v.string(), v.minLength(1, 'a folder')), '.output/customer'),
  LOG_LEVEL: v.optional(LogLevel, 'info'),
  TRUSTED_PROXIES: v.optional(Proxies, ''),
  STUN_URLS: v.optional(urls('stun'), ''),
  TURN_URLS: v.optional(urls('turn'), ''),
  TURN_SECRET: v.optional(secret(16)),
  TURN_TTL: v.optional(whole(60, 86_400), '3600'),
  TICKET_DAYS: v.optional(whole(1, 365), '7'),
  AUTH_SECRET: v.optional(secret(32)),
  SOCKETS_PER_ADDRESS: v.optional(whole(1, 1_000_000), String(defaultLimits.socketsPerAddress)),
  MESSAGES_PER_SECOND: v.optional(whole(1, 1_000_000), String(defaultLimits.messagesPerSecond)),
  REQUESTS_PER_MINUTE: v.optional(whole(1, 1_000_000), String(defaultLimits.requests.points)),
  JOINS_PER_MINUTE: v.optional(whole(1, 1_000_000), String(defaultLimits.joinsPerAddress.points)),
  SIGN_INS_PER_10_MINUTES: v.optional(whole(1, 1_000_000), String(defaultLimits.signInsPerAddress.points)),
})

const SECRETS = new Set(['TURN_SECRET', 'AUTH_SECRET'])

/**
 * Reads the configuration; an empty variable counts as one that is not set.
 * @throws StartError that names the variable, what was given (unless it is a secret) and what is allowed.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = v.safeParse(Environment, given, { abortEarly: true })
  if (!read.success) {
    const [issue] = read.issues
    const name = v.getDotPath(issue)?.split('.')[0] ?? 'The environment'
    const allowed = issue.type === 'picklist' ? `one of ${LogLevel.options.join(', ')}` : issue.message
    const value = SECRETS.has(name) ? 'not valid' : `"${environment[name]}", which is not valid`
    throw new StartError(`${name} is ${value}: give ${allowed}.`)
  }
  const env = read.output
  if (env.TURN_URLS.length > 0 && env.TURN_SECRET === undefined) {
    throw new StartError('TURN_URLS is set but TURN_SECRET is not: give both, or neither.')
  }
  const messageBurst = env.MESSAGES_PER_SECOND * (defaultLimits.messageBurst / defaultLimits.messagesPerSecond)
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    dataDir: env.DATA_DIR,
    pagesDir: env.PAGES_DIR,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    stunUrls: env.STUN_URLS,
    turn:
      env.TURN_SECRET !== undefined && env.TURN_URLS.length > 0
        ? { urls: env.TURN_URLS, secret: env.TURN_SECRET, ttlSeconds: env.TURN_TTL }
        : undefined,
    ticketMs: env.TICKET_DAYS * 86_400_000,
    authSecret: env.AUTH_SECRET,
    limits: {
      ...defaultLimits,
      socketsPerAddress: env.SOCKETS_PER_ADDRESS,
      socketOpenings: { ...defaultLimits.socketOpenings, points: 3 * env.SOCKETS_PER_ADDRESS },
      messagesPerSecond: env.MESSAGES_PER_SECOND,
      messageBurst,
      requests: { ...defaultLimits.requests, points: env.REQUESTS_PER_MINUTE },
      joinsPerAddress: { ...defaultLimits.joinsPerAddress, points: env.JOINS_PER_MINUTE },
      signInsPerAddress: { ...defaultLimits.signInsPerAddress, points: env.SIGN_INS_PER_10_MINUTES },
    },
  }
}
