import { createEncoder, length, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { type Deletions, deletionsOf, RANGE_BYTES, type Range } from './split-deletions.ts'

type Written = Y.Item | Y.GC

/** A part has about so many bytes; twice as many at most, unless one value alone has more. */
export const PART_BYTES = 512 * 1024

/**
 * An update in several, for what takes no long ones. In their order each finds in those before it what it stands beside, as far as
 * that is in the update at all; in any order they make the same document. Each is made when it is asked for.
 * @param update V1
 * @throws Error where it is none
 */
export function* splitUpdate(update: Uint8Array, max = PART_BYTES): Generator<Uint8Array, void> {
  if (update.byteLength <= max) return void (yield update)
  const { structs, ds } = Y.decodeUpdate(update)
  const deletions = deletionsOf(ds)
  let part = openPart()
  for (const whole of inOrder(structs)) {
    for (const piece of piecesOf(whole, max)) {
      part.add(piece)
      if (part.size < max) continue
      yield part.close(deletions)
      part = openPart()
    }
  }
  if (part.size > 0) yield part.close(deletions)
  // Of what other updates brought.
  for (const ranges of deletions.rest(max)) yield encode(new Map(), ranges)
}

/** What one author wrote of a part, without gaps. */
type Block = { from: number; to: number; count: number; encoder: Y.UpdateEncoderV1 }

function openPart() {
  const blocks = new Map<number, Block>()
  let size = 0
  return {
    /** In bytes, about. */
    get size() {
      return size
    },
    add(struct: Written) {
      const { client, clock } = struct.id
      const block = blocks.get(client) ?? { from: clock, to: clock, count: 0, encoder: new Y.UpdateEncoderV1() }
      blocks.set(client, block)
      const before = length(block.encoder.restEncoder)
      if (block.to < clock) write(block, new Y.Skip(Y.createID(client, block.to), clock - block.to))
      write(block, struct)
      size += length(block.encoder.restEncoder) - before + (struct.deleted ? RANGE_BYTES : 0)
    },
    close(deletions: Deletions): Uint8Array {
      return encode(
        blocks,
        [...blocks].map(([client, { from, to }]) => [client, deletions.take(client, from, to)]),
      )
    },
  }
}

function write(block: Block, struct: Written | Y.Skip) {
  struct.write(block.encoder, 0)
  block.to = struct.id.clock + struct.length
  block.count += 1
}

/** As Yjs writes an update, V1: the highest author first, or `mergeUpdates` loses some. */
function encode(blocks: ReadonlyMap<number, Block>, deleted: readonly (readonly [number, readonly Range[]])[]) {
  const encoder = createEncoder()
  writeVarUint(encoder, blocks.size)
  for (const [client, { from, count, encoder: structs }] of [...blocks].sort(highestFirst)) {
    writeVarUint(encoder, count)
    writeVarUint(encoder, client)
    writeVarUint(encoder, from)
    writeUint8Array(encoder, toUint8Array(structs.restEncoder))
  }
  const some = deleted.filter(([, ranges]) => ranges.length > 0).sort(highestFirst)
  writeVarUint(encoder, some.length)
  for (const [client, ranges] of some) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, ranges.length)
    for (const { clock, len } of ranges) {
      writeVarUint(encoder, clock)
      writeVarUint(encoder, len)
    }
  }
  return toUint8Array(encoder)
}

const highestFirst = ([one]: readonly [number, unknown], [other]: readonly [number, unknown]) => other - one

/** All that one author wrote, and how much of it had its turn. */
type Line = { structs: Written[]; next: number }

/** What each author wrote stays in its order; what something stands beside, or in, comes before it. */
function* inOrder(structs: readonly (Written | Y.Skip)[]): Iterable<Written> {
  const lines = new Map<number, Line>()
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    const line = lines.get(struct.id.client) ?? { structs: [], next: 0 }
    lines.set(struct.id.client, line)
    line.structs.push(struct)
  }
  for (const line of lines.values()) {
    /** Each waits for the next one to come so far. */
    const stack = [{ line, upTo: Number.POSITIVE_INFINITY }]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const struct = top.line.structs[top.line.next]
      const before = struct && top.upTo >= struct.id.clock ? lineBefore(struct) : 'done'
      if (before === 'done' || !struct) stack.pop()
      // Two that wait for each other were never written by Yjs, and are passed on as they are.
      else if (before && !stack.some((waiting) => waiting.line === before.line)) stack.push(before)
      else {
        top.line.next += 1
        yield struct
      }
    }
  }

  function lineBefore(struct: Written): { line: Line; upTo: number } | undefined {
    if (struct instanceof Y.GC) return undefined
    const { origin, rightOrigin, parent } = struct
    for (const other of [origin, rightOrigin, parent instanceof Y.ID ? parent : null]) {
      const line = other && other.client !== struct.id.client ? lines.get(other.client) : undefined
      const next = line?.structs[line.next]
      if (line && next && next.id.clock <= (other?.clock ?? 0)) return { line, upTo: other?.clock ?? 0 }
    }
    return undefined
  }
}

/** A long text, or a row of many values, in pieces that are no longer than a part. */
function* piecesOf(struct: Written, max: number): Iterable<Written> {
  const at = struct instanceof Y.Item && isLonger(struct, max) ? middleOf(struct) : 0
  if (at === 0 || !(struct instanceof Y.Item)) return void (yield struct)
  const { id, rightOrigin, parent, parentSub, content } = struct
  const [rest, last] = [Y.createID(id.client, id.clock + at), Y.createID(id.client, id.clock + at - 1)]
  const right = new Y.Item(rest, null, last, null, rightOrigin, parent, parentSub, content.splice(at))
  struct.length = at
  yield* piecesOf(struct, max)
  yield* piecesOf(right, max)
}

function isLonger(item: Y.Item, max: number): boolean {
  if (item.length < 2) return false
  const encoder = new Y.UpdateEncoderV1()
  item.write(encoder, 0)
  return length(encoder.restEncoder) > max
}

/** Where an item can be cut; 0: nowhere. A character that counts as two stays whole. */
function middleOf({ content, length }: Y.Item): number {
  const at = length >> 1
  if (!(content instanceof Y.ContentString)) return at
  const code = content.str.charCodeAt(at - 1)
  const inCharacter = code >= 0xd800 && code <= 0xdbff
  return inCharacter ? (at + 1) % length : at
}
