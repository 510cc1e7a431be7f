import type { MediaId } from '../../../protocol/media.ts'
import { openForRoom, sealForRoom } from '../../rooms/room-seal.ts'
import type { MediaKeys } from '../lending/media-seal.ts'

/** Which piece it is. A sealed one opens in its own place only: of this image, of this size, under this ticket. */
export type Place = { id: MediaId; bytes: number; piece: number }

const contextOf = ({ context }: Pick<MediaKeys, 'context'>, { id, bytes, piece }: Place) =>
  `${context}:${id}:${bytes}:${piece}`

export async function sealPiece(keys: MediaKeys, place: Place, plain: Uint8Array<ArrayBuffer>) {
  const [newest] = keys.sealing
  if (!newest) throw new Error('no key of this ticket is here')
  return await sealForRoom({ context: contextOf(keys, place), newest }, plain)
}

/** @throws GroupSealError */
export async function openPiece(keys: MediaKeys, place: Place, sealed: Uint8Array<ArrayBuffer>) {
  return await openForRoom({ context: contextOf(keys, place), all: keys.all }, sealed)
}
