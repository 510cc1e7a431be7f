import * as v from 'valibot'
import { Count } from './ids.ts'
import { MAX_REFUSED_TYPES, MAX_TRANSFER_BYTES } from './limits.ts'

/** The end of a name without its dot, in lower case: `exe`. */
export const FileType = v.pipe(v.string(), v.regex(/^[\p{Ll}\p{Lo}\p{N}]{1,16}$/u))

/**
 * What files customers and technicians may exchange. `GET /api/file-rules`, a technician; `POST`, an admin; a customer has them with the join, and
 * hears of each change.
 * `largest`: bytes of one file, null where only that of all transfers holds; `refused`: types that are not exchanged.
 */
export const FileRules = v.strictObject({
  largest: v.nullable(v.pipe(Count, v.minValue(1), v.maxValue(MAX_TRANSFER_BYTES))),
  refused: v.pipe(v.array(FileType), v.maxLength(MAX_REFUSED_TYPES)),
})
export type FileRules = v.InferOutput<typeof FileRules>

/** Before an admin has set any. */
export const NO_FILE_RULES: FileRules = { largest: null, refused: [] }
