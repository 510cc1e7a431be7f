import { mapHashToField } from '@noble/curves/abstract/modular.js'
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** CPace with ristretto255 and SHA-512, initiator-responder: draft-irtf-cfrg-cpace; its names are kept here. */

const DSI = utf8ToBytes('CPaceRistretto255')
const DSI_ISK = utf8ToBytes('CPaceRistretto255_ISK')
/** Input block of SHA-512, in bytes. */
const S_IN_BYTES = 128
const { Point } = ristretto255

/** One side's public share with its associated data. */
export type Share = { y: Uint8Array; ad: Uint8Array }

/** Each part behind its length (LEB128), so that no two lists of parts look alike. */
export function lvCat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes(...parts.flatMap((part) => [leb128(part.length), part]))
}

function leb128(length: number): Uint8Array {
  const bytes: number[] = []
  let rest = length
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return Uint8Array.from([...bytes, rest])
}

/**
 * `calculate_generator`: the secret's own base point.
 * @param prs the password-related string, @param ci the channel identifier, as one string of bytes.
 * @returns 32 bytes, an encoded point.
 */
export function generator(prs: Uint8Array, ci: Uint8Array, sid: Uint8Array): Uint8Array {
  const padding = Math.max(0, S_IN_BYTES - lvCat(prs).length - lvCat(DSI).length - 1)
  const point = ristretto255_hasher.deriveToCurve?.(sha512(lvCat(DSI, prs, new Uint8Array(padding), ci, sid)))
  if (!point) throw new Error('@noble/curves has lost deriveToCurve')
  return point.toBytes()
}

/** `sample_scalar`: 32 bytes, little endian, uniform in 1 … order − 1. */
export function sampleScalar(): Uint8Array {
  return mapHashToField(crypto.getRandomValues(new Uint8Array(64)), Point.Fn.ORDER, true)
}

/** `scalar_mult_vfy`. @returns undefined for an invalid encoding and for the identity: the caller must stop. */
export function scalarMultVfy(scalar: Uint8Array, encoded: Uint8Array): Uint8Array | undefined {
  try {
    const product = Point.fromBytes(encoded).multiply(Point.Fn.fromBytes(scalar))
    return product.is0() ? undefined : product.toBytes()
  } catch {
    return undefined
  }
}

/** `ISK_IR`: the 64-byte session key of initiator `a` and responder `b`, out of the shared point `k`. */
export function sessionKey(sid: Uint8Array, k: Uint8Array, a: Share, b: Share): Uint8Array<ArrayBuffer> {
  return sha512(concatBytes(lvCat(DSI_ISK, sid, k), lvCat(a.y, a.ad), lvCat(b.y, b.ad)))
}
