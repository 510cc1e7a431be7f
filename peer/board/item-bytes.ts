import {
  createDecoder,
  type Decoder,
  hasContent,
  readUint8,
  readVarInt,
  readVarString,
  readVarUint,
} from 'lib0/decoding'
import { type Encoder, encode, writeUint8, writeVarInt, writeVarString, writeVarUint } from 'lib0/encoding'
import * as v from 'valibot'
import { SurfaceId } from '../../protocol/board.ts'
import { MAX_BOARD_TEXT, MAX_STROKE_POINTS } from '../../protocol/limits.ts'
import {
  COLOURS,
  GRID,
  type Item,
  MAX_ORDER,
  MAX_WIDTH,
  type Shape,
  type Spot,
  STRIDE,
  type StrokePoints,
} from './item.ts'

/**
 * An item as bytes: kind, role, colour, width, order, surface, name, and its places. A stroke is its first point and the steps from each
 * to the next, which mostly fit into one byte.
 */

/** The place of a kind is its number in the bytes: new ones go to the end. */
const KINDS = ['pen', 'highlighter', 'arrow', 'rectangle', 'ellipse', 'text', 'step'] as const
const ROLES = ['technician', 'customer'] as const

/** As long as an account's name may be. */
const MAX_NAME = 200
/** Of a mouse, which has none. */
export const NO_PRESSURE = 128

export function encodeItem(item: Item): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    writeUint8(encoder, KINDS.indexOf(item.kind))
    writeUint8(encoder, ROLES.indexOf(item.by.role))
    writeUint8(encoder, item.colour)
    writeUint8(encoder, item.width)
    writeVarUint(encoder, item.order)
    writeVarString(encoder, item.surface)
    writeVarString(encoder, item.by.name)
    writeShape(encoder, item)
  })
}

/** @returns undefined for what is no item, or one that no page of ours makes. */
export function decodeItem(bytes: Uint8Array): Item | undefined {
  try {
    const decoder = createDecoder(bytes)
    const kind = KINDS[readUint8(decoder)]
    const role = ROLES[readUint8(decoder)]
    const colour = readUint8(decoder)
    const width = readUint8(decoder)
    const order = readVarUint(decoder)
    const surface = v.parse(SurfaceId, readVarString(decoder))
    const name = readVarString(decoder)
    if (!kind || !role || name.length > MAX_NAME) return undefined
    if (colour >= COLOURS || width < 1 || width > MAX_WIDTH || order > MAX_ORDER) return undefined
    const shape = readShape(decoder, kind)
    if (!shape || hasContent(decoder)) return undefined
    return { ...shape, surface, by: { role, name }, colour, width, order }
  } catch {
    return undefined
  }
}

function writeShape(encoder: Encoder, shape: Shape) {
  switch (shape.kind) {
    case 'pen':
    case 'highlighter':
      return writePoints(encoder, shape.points)
    case 'arrow':
    case 'rectangle':
    case 'ellipse':
      writeSpot(encoder, shape.from)
      return writeSpot(encoder, shape.to)
    case 'text':
      writeSpot(encoder, shape.at)
      return writeVarString(encoder, shape.text)
    case 'step':
      return writeSpot(encoder, shape.at)
  }
}

function readShape(decoder: Decoder, kind: Shape['kind']): Shape | undefined {
  switch (kind) {
    case 'pen':
    case 'highlighter': {
      const points = readPoints(decoder)
      return points && { kind, points }
    }
    case 'arrow':
    case 'rectangle':
    case 'ellipse': {
      const [from, to] = [readSpot(decoder), readSpot(decoder)]
      return from && to && { kind, from, to }
    }
    case 'text': {
      const at = readSpot(decoder)
      const text = readVarString(decoder)
      return at && text.length > 0 && text.length <= MAX_BOARD_TEXT ? { kind, at, text } : undefined
    }
    case 'step': {
      const at = readSpot(decoder)
      return at && { kind, at }
    }
  }
}

export function writeSpot(encoder: Encoder, { x, y }: Spot) {
  writeVarUint(encoder, x)
  writeVarUint(encoder, y)
}

export function readSpot(decoder: Decoder): Spot | undefined {
  const spot = { x: readVarUint(decoder), y: readVarUint(decoder) }
  return spot.x <= GRID && spot.y <= GRID ? spot : undefined
}

/** The number of points and whether they have pressure, then the steps between them. */
export function writePoints(encoder: Encoder, points: StrokePoints) {
  const count = points.length / STRIDE
  const pressed = pressures(points).some((pressure) => pressure !== NO_PRESSURE)
  writeVarUint(encoder, count * 2 + (pressed ? 1 : 0))
  const last = [0, 0, NO_PRESSURE]
  for (let at = 0; at < points.length; at += STRIDE) {
    for (let part = 0; part < (pressed ? STRIDE : 2); part++) {
      const value = points[at + part] ?? 0
      writeVarInt(encoder, value - (last[part] ?? 0))
      last[part] = value
    }
  }
}

/** @throws Error where the bytes end too early. */
export function readPoints(decoder: Decoder): StrokePoints | undefined {
  const head = readVarUint(decoder)
  const count = Math.floor(head / 2)
  if (count < 1 || count > MAX_STROKE_POINTS) return undefined
  const points = new Uint16Array(count * STRIDE)
  const last = [0, 0, NO_PRESSURE]
  for (let at = 0; at < points.length; at += STRIDE) {
    for (let part = 0; part < STRIDE; part++) {
      const step = part < 2 || head % 2 === 1 ? readVarInt(decoder) : 0
      const value = (last[part] ?? 0) + step
      if (value < 0 || value > (part < 2 ? GRID : 255)) return undefined
      points[at + part] = last[part] = value
    }
  }
  return points
}

function pressures(points: StrokePoints): number[] {
  return Array.from({ length: points.length / STRIDE }, (_, index) => points[index * STRIDE + 2] ?? NO_PRESSURE)
}
