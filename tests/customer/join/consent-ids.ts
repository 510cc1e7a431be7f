import * as v from 'valibot'
import type { Consents } from '../../../peer/consents.ts'
import { ConsentId } from '../../../protocol/consent.ts'

/** Of a question that the technician asks. */
export const ASKED = v.parse(ConsentId, 'Q'.repeat(22))

/** @throws Error where the ledger has no such line */
export function idOf({ list }: Pick<Consents, 'list'>, line = 0): ConsentId {
  const found = list[line]
  if (!found) throw new Error(`The ledger has no line ${line}.`)
  return found.id
}
