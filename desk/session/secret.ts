import * as v from 'valibot'
import { Secret } from '../../protocol/ids.ts'

/** The largest multiple of 100 000 that fits in 32 bits: above it, digits would not be equally likely. */
const FAIR = 4_294_900_000

/** Draws the secret half of a code: five digits, all equally likely. */
export function drawSecret(): Secret {
  const [drawn = FAIR] = crypto.getRandomValues(new Uint32Array(1))
  if (drawn >= FAIR) return drawSecret()
  return v.parse(Secret, String(drawn % 100_000).padStart(5, '0'))
}
