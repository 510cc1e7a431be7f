import * as v from 'valibot'
import type { Line } from '../../../customer/join/line.ts'
import type { CustomerState } from '../../../customer/join/state.ts'
import type { Code } from '../../../protocol/code.ts'
import { Lookup, Secret } from '../../../protocol/ids.ts'

export const CODE: Code = { lookup: v.parse(Lookup, '12345'), secret: v.parse(Secret, '67890') }

/** A customer who has the seat of `CODE`, waiting since 0 unless the line says otherwise. */
export function seated(line: Line = { kind: 'waiting', since: 0, gone: undefined }, who?: string): CustomerState {
  return {
    kind: 'seated',
    code: CODE,
    organisation: 'Acme',
    line,
    socket: { kind: 'open' },
    standing: undefined,
    who,
    began: undefined,
  }
}

export const LIVE = { kind: 'live', technician: 'Marie', since: 5, there: true } satisfies Line
