/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The seed of this run: `FUZZ_SEED`, to run one again, or another one each time. Printed, since a failure is worth nothing without. */
export function fuzzSeed(): number {
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32))
  console.log(`FUZZ_SEED=${seed}`)
  return seed
}

const below = (random: () => number, end: number) => Math.floor(random() * end)

export function oneOf<Value>(random: () => number, values: readonly [Value, ...Value[]]): Value {
  return values[below(random, values.length)] ?? values[0]
}

/** Bytes that were valid, with one to four wounds: bits turned, bytes of the edges of numbers, pieces cut out, doubled or put in. */
export function mutateBytes(random: () => number, valid: Uint8Array): Uint8Array {
  let bytes = [...valid]
  for (let wounds = 1 + below(random, 4); wounds > 0; wounds--) {
    const at = below(random, bytes.length + 1)
    const length = 1 + below(random, 12)
    switch (below(random, 6)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8))
        break
      case 1:
        bytes[at] = oneOf(random, [0, 1, 0x7f, 0x80, 0xfe, 0xff])
        break
      case 2:
        bytes.splice(at, length)
        break
      case 3:
        bytes.splice(at, 0, ...bytes.slice(at, at + length))
        break
      case 4:
        bytes.splice(at, 0, ...Array.from({ length }, () => below(random, 256)))
        break
      default:
        bytes = bytes.slice(0, at)
    }
  }
  return Uint8Array.from(bytes)
}

const ODD = [null, true, -1, 0, 1e308, 2 ** 53, '', '\0', '__proto__', 'x'.repeat(3_000), [], [[]], {}] as const

/** A message that was valid: a field with something odd in it, one that is missing or one too many, or wounds in its bytes. */
export function mutateMessage(random: () => number, valid: object): Buffer {
  const entries = Object.entries(valid)
  const at = below(random, entries.length)
  const kind = below(random, 5)
  if (kind === 0) entries.splice(at, 1)
  else if (kind === 1) entries.push([oneOf(random, ['extra', '__proto__', 'constructor']), oneOf(random, ODD)])
  else if (kind === 2) entries[at] = [entries[at]?.[0] ?? 'type', oneOf(random, ODD)]
  const text = Buffer.from(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)}}`)
  if (kind < 3) return text
  const wounded = Buffer.from(mutateBytes(random, text))
  // What is no text ends a socket before it is read: seldom.
  return random() < 0.001 ? wounded : Buffer.from(wounded.toString())
}
