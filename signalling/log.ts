import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/**
 * JSON lines on stderr; stdout is for the few lines that a person reads at the start.
 * What may be logged: ticket ids, route patterns, refusal codes, counts and times. Never codes, lookups, tokens or addresses.
 */
export function openLog(config: Pick<Config, 'logLevel'>): Log {
  return pino({ level: config.logLevel, base: undefined }, pino.destination({ dest: 2, sync: true }))
}
