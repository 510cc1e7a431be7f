import { beforeEach, describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import { LinkError } from '../../peer/link-error.ts'
import { createSeal, type Seal } from '../../peer/seal.ts'
import { deriveKeys, type SessionKeys } from '../../peer/session-keys.ts'
import type { PairSealed, Signal } from '../../protocol/pairing.ts'
import { TICKET } from './support.ts'

const SID = 'c2lkc2lkc2lkc2lkc2lkcw'
const OFFER: Signal = { type: 'offer', sdp: 'v=0\r\na=fingerprint:sha-256 AA:BB\r\n' }
const candidate = (n: number): Signal => ({
  type: 'candidate',
  candidate: { candidate: `candidate:${n}`, sdpMid: '0' },
})

let keys: SessionKeys
let technician: Seal
let customer: Seal

beforeEach(async () => {
  const share = (fill: number) => new Uint8Array(32).fill(fill)
  keys = await deriveKeys({ ticket: TICKET, sid: fromBase64url(SID), ya: share(1), yb: share(2) }, share(3))
  technician = createSeal(keys, SID, 'technician')
  customer = createSeal(keys, SID, 'customer')
})

const tampered = (opening: Promise<unknown>) =>
  expect(opening).rejects.toSatisfy((cause) => cause instanceof LinkError && cause.reason === 'tampered')

test('signals arrive in both directions, counted from 0', async () => {
  const sent = [await customer.seal(OFFER, 0), await customer.seal(candidate(1), 0)]
  expect(sent.map(({ n, sid }) => [n, sid])).toEqual([
    [0, SID],
    [1, SID],
  ])
  for (const [i, message] of sent.entries()) expect(await technician.open(message)).toEqual([OFFER, candidate(1)][i])
  expect(await customer.open(await technician.seal(candidate(2), 0))).toEqual(candidate(2))
})

test('the counter goes on over all dials: no nonce is used twice under one key', async () => {
  const sent = [await customer.seal(OFFER, 0), await customer.seal(OFFER, 1), await customer.seal(OFFER, 7)]
  expect(sent.map(({ n, dial }) => [n, dial])).toEqual([
    [0, 0],
    [1, 1],
    [2, 7],
  ])
  for (const message of sent) expect(await technician.open(message)).toEqual(OFFER)
})

test('nothing of the signal can be read in the envelope', async () => {
  const { box } = await customer.seal(OFFER, 0)
  expect(new TextDecoder().decode(fromBase64url(box))).not.toContain('fingerprint')
})

test('a lost envelope does not stop the next one', async () => {
  await customer.seal(candidate(0), 0)
  expect(await technician.open(await customer.seal(candidate(1), 0))).toEqual(candidate(1))
})

describe('refused as tampered', () => {
  const flip = (message: PairSealed, at: number): PairSealed => {
    const box = fromBase64url(message.box)
    box[at] = (box[at] ?? 0) ^ 1
    return { ...message, box: toBase64url(box) }
  }

  test('any flipped bit: of the signal, of the authentication tag', async () => {
    const message = await customer.seal(OFFER, 0)
    await tampered(technician.open(flip(message, 0)))
    await tampered(technician.open(flip(message, 30)))
    await tampered(technician.open(flip(message, fromBase64url(message.box).length - 1)))
    expect(await technician.open(message)).toEqual(OFFER)
  })

  test('the same envelope twice', async () => {
    const message = await customer.seal(OFFER, 0)
    await technician.open(message)
    await tampered(technician.open(message))
  })

  test('an earlier envelope after a later one', async () => {
    const [first, second] = [await customer.seal(candidate(1), 0), await customer.seal(candidate(2), 0)]
    await technician.open(second)
    await tampered(technician.open(first))
  })

  test('another counter on a good box', async () => {
    await tampered(technician.open({ ...(await customer.seal(OFFER, 0)), n: 5 }))
  })

  test('another dial on a good box', async () => {
    await tampered(technician.open({ ...(await customer.seal(OFFER, 1)), dial: 2 }))
  })

  test('one’s own envelope sent back', async () => {
    await tampered(customer.open(await customer.seal(OFFER, 0)))
  })

  test('an envelope of another session, by name or by key', async () => {
    const message = await customer.seal(OFFER, 0)
    const other = 'b3RoZXJvdGhlcm90aGVyMQ'
    await tampered(technician.open({ ...message, sid: other }))
    await tampered(createSeal(keys, other, 'technician').open({ ...message, sid: other }))
  })

  test('a box that holds something else than a signal', async () => {
    const plain = new TextEncoder().encode(JSON.stringify({ type: 'renegotiate' }))
    const additionalData = new TextEncoder().encode(JSON.stringify(['deskside link v1', SID, 'customer', 0, 0]))
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: new Uint8Array(12), additionalData },
      keys.seal.customer,
      plain,
    )
    await tampered(
      technician.open({ type: 'sealed', sid: SID, n: 0, dial: 0, box: toBase64url(new Uint8Array(sealed)) }),
    )
  })
})
