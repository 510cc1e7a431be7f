import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/**
 * JSON lines on stderr; stdout is for the few lines that a person reads at the start.
 * What may be logged: ticket ids, route patterns, refusal codes, counts and times. Never codes, lookups, tokens or addresses.
 */
export function openLog(config: Pick<Config, 'logLevel'>): Log {
  return pino({ level: config.logLevel, base: undefined, redact: VALUES }, pino.destination({ dest: 2, sync: true }))
}

/** Where PostgreSQL says in an error which values of a row it is about. */
const VALUES = { paths: ['err.detail', 'err.where', 'err.hint', 'err.internalQuery'], remove: true }
