import * as v from 'valibot'
import { LogPayload, type LogRow } from '../../protocol/log.ts'
import type { Schema } from './schema.ts'

/** A row as it says; undefined where it was emptied, or says what no version of this server wrote. */
export function readRow({ seq, payload }: Pick<Schema['activity'], 'seq' | 'payload'>): LogRow | undefined {
  const read = payload === null ? undefined : v.safeParse(LogPayload, parse(payload))
  return read?.success ? { seq: Number(seq), ...read.output } : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
