import type { BlockList } from 'node:net'
import * as v from 'valibot'
import {
  DatabaseUrl,
  folder,
  host,
  LogLevel,
  Origin,
  Proxies,
  S3Url,
  Sender,
  SmtpUrl,
  secret,
  urls,
  whole,
} from './config-values.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Bucket } from './media/s3.ts'
import { StartError } from './start-error.ts'

/** Where the TURN relay is, and the secret that it shares with this server (coturn: `use-auth-secret`). */
export type Turn = { urls: string[]; secret: string; ttlSeconds: number }

/** The mail server that takes our mails, and who they are from. */
export type Smtp = { url: string; from: { name: string; address: string } }

export type Config = {
  port: number
  host: string
  /** The origin in links; undefined: `http://localhost:` and the port that it got. */
  publicUrl: string | undefined
  dataDir: string
  /** PostgreSQL; undefined: SQLite in `dataDir`. */
  databaseUrl: string | undefined
  /** The customer's pages, as Vite built them. */
  pagesDir: string
  logLevel: v.InferOutput<typeof LogLevel>
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: BlockList
  stunUrls: string[]
  turn: Turn | undefined
  /** Undefined: mails wait in the outbox. */
  smtp: Smtp | undefined
  /** Where sealed images and recordings rest; undefined: in `dataDir`. */
  bucket: Bucket | undefined
  ticketMs: number
  /** Signs bearer tokens; undefined: the one that is kept in `dataDir`. */
  authSecret: string | undefined
  limits: Limits
}

/** The environment, as the operator writes it. `docs/OPERATIONS.md` has the same table. */
const Environment = v.object({
  PORT: v.optional(whole(0, 65_535), '8080'),
  HOST: v.optional(host, '127.0.0.1'),
  PUBLIC_URL: v.optional(Origin),
  DATA_DIR: v.optional(folder, 'data'),
  DATABASE_URL: v.optional(DatabaseUrl),
  PAGES_DIR: v.optional(folder, '.output/customer'),
  LOG_LEVEL: v.optional(LogLevel, 'info'),
  TRUSTED_PROXIES: v.optional(Proxies, ''),
  STUN_URLS: v.optional(urls('stun'), ''),
  TURN_URLS: v.optional(urls('turn'), ''),
  TURN_SECRET: v.optional(secret(16)),
  TURN_TTL: v.optional(whole(60, 14_400), '3600'),
  SMTP_URL: v.optional(SmtpUrl),
  MAIL_FROM: v.optional(Sender),
  S3_URL: v.optional(S3Url),
  TICKET_DAYS: v.optional(whole(1, 365), '7'),
  AUTH_SECRET: v.optional(secret(32)),
  SOCKETS_PER_ADDRESS: v.optional(whole(1, 1_000_000), String(defaultLimits.socketsPerAddress)),
  MESSAGES_PER_SECOND: v.optional(whole(1, 1_000_000), String(defaultLimits.messagesPerSecond)),
  REQUESTS_PER_MINUTE: v.optional(whole(1, 1_000_000), String(defaultLimits.requests.points)),
  JOINS_PER_MINUTE: v.optional(whole(1, 1_000_000), String(defaultLimits.joinsPerAddress.points)),
  SIGN_INS_PER_10_MINUTES: v.optional(whole(1, 1_000_000), String(defaultLimits.signInsPerAddress.points)),
})

const SECRETS = new Set(['TURN_SECRET', 'AUTH_SECRET', 'SMTP_URL', 'S3_URL', 'DATABASE_URL'])

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
    const value = SECRETS.has(name) ? 'not valid' : `"${environment[name]}", which is not valid`
    throw new StartError(`${name} is ${value}: give ${issue.message}.`)
  }
  const env = read.output
  if (env.TURN_URLS.length > 0 && env.TURN_SECRET === undefined) {
    throw new StartError('TURN_URLS is set but TURN_SECRET is not: give both, or neither.')
  }
  if (env.SMTP_URL !== undefined && env.MAIL_FROM === undefined) {
    throw new StartError('SMTP_URL is set but MAIL_FROM is not: give both, or neither.')
  }
  const messageBurst = env.MESSAGES_PER_SECOND * (defaultLimits.messageBurst / defaultLimits.messagesPerSecond)
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    pagesDir: env.PAGES_DIR,
    logLevel: env.LOG_LEVEL,
    trustedProxies: env.TRUSTED_PROXIES,
    stunUrls: env.STUN_URLS,
    turn:
      env.TURN_SECRET !== undefined && env.TURN_URLS.length > 0
        ? { urls: env.TURN_URLS, secret: env.TURN_SECRET, ttlSeconds: env.TURN_TTL }
        : undefined,
    smtp:
      env.SMTP_URL !== undefined && env.MAIL_FROM !== undefined
        ? { url: env.SMTP_URL, from: env.MAIL_FROM }
        : undefined,
    bucket: env.S3_URL,
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
