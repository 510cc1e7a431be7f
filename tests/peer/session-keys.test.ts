import { expect, test } from 'vitest'
import { confirmation, confirms, deriveKeys, type Transcript } from '../../peer/session-keys.ts'
import { OTHER_TICKET, TICKET } from './support.ts'

const bytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill)
const SEEN: Transcript = { ticket: TICKET, sid: bytes(9, 16), ya: bytes(1), yb: bytes(2) }
const K = bytes(3)

test('both sides derive the same keys and accept each other’s confirmation', async () => {
  const [a, b] = [await deriveKeys(SEEN, K), await deriveKeys(SEEN, K)]
  for (const role of ['technician', 'customer'] as const) {
    expect(await confirms(a, role, new Uint8Array(await confirmation(b, role)))).toBe(true)
  }
})

test('one side’s confirmation is not the other side’s', async () => {
  const keys = await deriveKeys(SEEN, K)
  expect(await confirms(keys, 'customer', new Uint8Array(await confirmation(keys, 'technician')))).toBe(false)
})

test.each<[string, Transcript, Uint8Array]>([
  ['shared point', SEEN, bytes(4)],
  ['ticket', { ...SEEN, ticket: OTHER_TICKET }, K],
  ['session', { ...SEEN, sid: bytes(8, 16) }, K],
  ['technician’s share', { ...SEEN, ya: bytes(7) }, K],
  ['customer’s share', { ...SEEN, yb: bytes(7) }, K],
  ['order of the shares', { ...SEEN, ya: SEEN.yb, yb: SEEN.ya }, K],
])('another %s gives other keys', async (_what, seen, k) => {
  const tag = new Uint8Array(await confirmation(await deriveKeys(seen, k), 'customer'))
  expect(await confirms(await deriveKeys(SEEN, K), 'customer', tag)).toBe(false)
})

test('each direction is sealed under a key of its own', async () => {
  const { seal } = await deriveKeys(SEEN, K)
  const algorithm = { name: 'AES-GCM', iv: bytes(0, 12) }
  const box = await crypto.subtle.encrypt(algorithm, seal.customer, bytes(5))
  await expect(crypto.subtle.decrypt(algorithm, seal.technician, box)).rejects.toThrow()
  expect(new Uint8Array(await crypto.subtle.decrypt(algorithm, seal.customer, box))).toEqual(bytes(5))
})

test('the keys cannot be taken out of the browser’s keeping', async () => {
  const { seal, confirm } = await deriveKeys(SEEN, K)
  for (const key of [seal.customer, seal.technician, confirm.customer, confirm.technician]) {
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  }
})
