import { createDecoder, type Decoder, hasContent, readUint8, readVarString, readVarUint8Array } from 'lib0/decoding'
import { type Encoder, encode, writeUint8, writeVarString, writeVarUint8Array } from 'lib0/encoding'
import * as v from 'valibot'
import { SurfaceId } from '../../protocol/board.ts'
import { COLOURS, type Item, ItemId, type Spot, type StrokePoints } from './item.ts'
import { decodeItem, encodeItem, readPoints, readSpot, writePoints, writeSpot } from './item-bytes.ts'

/** What is said of something that is being drawn. */
export type LiveWord =
  /** It begins, or looks like this now. */
  | { kind: 'drawing'; id: ItemId; item: Item }
  /** The stroke goes on. */
  | { kind: 'more'; id: ItemId; points: StrokePoints }
  /** It is finished, and in the document, or was given up. */
  | { kind: 'gone'; id: ItemId }
  | { kind: 'laser'; surface: SurfaceId; colour: number; spots: readonly Spot[] }

const KINDS = ['drawing', 'more', 'gone', 'laser'] as const
/** More than happens between two pictures of a screen. */
const MAX_WORDS = 64
const MAX_SPOTS = 255

/** One frame. */
export function encodeLive(words: readonly LiveWord[]): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    for (const word of words) writeWord(encoder, word)
  })
}

/** @returns undefined for what no page of ours says. */
export function decodeLive(bytes: Uint8Array): readonly LiveWord[] | undefined {
  const words: LiveWord[] = []
  try {
    const decoder = createDecoder(bytes)
    while (hasContent(decoder)) {
      const word = readWord(decoder)
      if (!word || words.push(word) > MAX_WORDS) return undefined
    }
    return words
  } catch {
    return undefined
  }
}

function writeWord(encoder: Encoder, word: LiveWord) {
  writeUint8(encoder, KINDS.indexOf(word.kind))
  switch (word.kind) {
    case 'drawing':
      writeVarString(encoder, word.id)
      return writeVarUint8Array(encoder, encodeItem(word.item))
    case 'more':
      writeVarString(encoder, word.id)
      return writePoints(encoder, word.points)
    case 'gone':
      return writeVarString(encoder, word.id)
    case 'laser': {
      const spots = word.spots.slice(-MAX_SPOTS)
      writeVarString(encoder, word.surface)
      writeUint8(encoder, word.colour)
      writeUint8(encoder, spots.length)
      for (const spot of spots) writeSpot(encoder, spot)
    }
  }
}

function readWord(decoder: Decoder): LiveWord | undefined {
  const kind = KINDS[readUint8(decoder)]
  switch (kind) {
    case 'drawing': {
      const id = v.parse(ItemId, readVarString(decoder))
      const item = decodeItem(readVarUint8Array(decoder))
      return item && { kind, id, item }
    }
    case 'more': {
      const id = v.parse(ItemId, readVarString(decoder))
      const points = readPoints(decoder)
      return points && { kind, id, points }
    }
    case 'gone':
      return { kind, id: v.parse(ItemId, readVarString(decoder)) }
    case 'laser': {
      const surface = v.parse(SurfaceId, readVarString(decoder))
      const colour = readUint8(decoder)
      const spots = Array.from({ length: readUint8(decoder) }, () => readSpot(decoder))
      const there = spots.filter((spot) => spot !== undefined)
      return colour < COLOURS && there.length === spots.length ? { kind, surface, colour, spots: there } : undefined
    }
    default:
      return undefined
  }
}
