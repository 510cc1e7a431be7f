import * as v from 'valibot'
import { Bytes16, Bytes32, Time } from './ids.ts'
import { MAX_PICTURE } from './limits.ts'

/** Names a picture in the chat; the sender's, as a chat message's is. */
export const PictureId = v.pipe(Bytes16, v.brand('PictureId'))
export type PictureId = v.InferOutput<typeof PictureId>

/** What is taken for a picture: nothing that can hold a script. */
export const PictureType = v.picklist(['image/png', 'image/jpeg', 'image/webp'])
export type PictureType = v.InferOutput<typeof PictureType>

/** Both: a picture for the chat. Its bytes follow in frames of type `file`, stream 1, in order, before those of the next one. */
export const Picture = v.strictObject({
  type: v.literal('picture'),
  id: PictureId,
  name: v.pipe(v.string(), v.maxLength(200)),
  format: PictureType,
  /** In bytes. */
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PICTURE)),
  sha256: Bytes32,
  at: Time,
})
export type Picture = v.InferOutput<typeof Picture>

/** The other side has the whole picture, and shows it. */
export const PictureReceived = v.strictObject({ type: v.literal('picture-received'), id: PictureId })

/** `damaged`: not the bytes that were announced. `no-picture`: they are none, or too large to be shown. `too-many`: of one session. */
export const PictureFault = v.picklist(['damaged', 'no-picture', 'too-many'])
export type PictureFault = v.InferOutput<typeof PictureFault>

/** The other side does not show it, and will not. */
export const PictureRefused = v.strictObject({ type: v.literal('picture-refused'), id: PictureId, why: PictureFault })

export type PictureMessage = Picture | v.InferOutput<typeof PictureReceived> | v.InferOutput<typeof PictureRefused>
