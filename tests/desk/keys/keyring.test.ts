import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  addEpoch,
  beginKeyring,
  KeyringError,
  newestKey,
  openKeyring,
  sealKeyring,
} from '../../../desk/keys/keyring.ts'
import { Keyring, SealKeyringRequest } from '../../../protocol/keys.ts'
import { drawGroup, drawReader } from '../../support/keys.ts'

const group = drawGroup()

test('all readers open what was sealed to them, nobody else does', async () => {
  const [ada, grace, eve] = await Promise.all(['ada', 'grace', 'eve'].map(drawReader))
  if (!ada || !grace || !eve) throw new Error('drawn')
  const keyring = await beginKeyring(group)
  const sealed = await sealKeyring(keyring, [ada.reader, grace.reader])
  expect(v.is(SealKeyringRequest, { ...sealed, after: 0 })).toBe(true)
  expect(await openKeyring(group, sealed, ada.identity)).toEqual(keyring)
  expect(await openKeyring(group, sealed, grace.identity)).toEqual(keyring)
  await expect(openKeyring(group, sealed, eve.identity)).rejects.toThrow(KeyringError)
})

test('a fresh epoch has keys of its own, and the ones before stay behind it', async () => {
  const first = await beginKeyring(group)
  const second = await addEpoch(first)
  expect(second.keys.map(({ epoch }) => epoch)).toEqual([2, 1])
  expect(second.keys.slice(1)).toEqual(first.keys)
  const secrets = second.keys.flatMap(({ identity, key, room }) => [identity, key, room])
  expect(new Set(secrets).size).toBe(6)
  expect(newestKey(second).epoch).toBe(2)
  expect(v.is(Keyring, second)).toBe(true)
})

test('a keyring that is not what it says is refused', async () => {
  const { reader, identity } = await drawReader('ada')
  const keyring = await addEpoch(await beginKeyring(group))
  const sealed = await sealKeyring(keyring, [reader])
  await expect(openKeyring(drawGroup(), sealed, identity)).rejects.toThrow(KeyringError)
  await expect(openKeyring(group, { ...sealed, epoch: 1 }, identity)).rejects.toThrow(KeyringError)
  await expect(openKeyring(group, { ...sealed, publicKey: reader.publicKey }, identity)).rejects.toThrow(KeyringError)
  const upsideDown = { ...keyring, keys: keyring.keys.toReversed() }
  const wrong = await sealKeyring(upsideDown, [reader])
  await expect(openKeyring(group, wrong, identity)).rejects.toThrow(KeyringError)
})

test('any keyring comes through sealing as it was', async () => {
  const { reader, identity } = await drawReader('ada')
  const [drawn] = (await beginKeyring(group)).keys
  if (!drawn) throw new Error('drawn')
  const base64url = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('base64url'))
  const epochs = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
  const keyrings = epochs.chain((some) =>
    fc.tuple(
      ...some
        .toSorted((a, b) => b - a)
        .map((epoch) =>
          fc.record({
            epoch: fc.constant(epoch),
            identity: fc.constant(drawn.identity),
            key: base64url(32),
            room: base64url(16),
          }),
        ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(keyrings, async (keys) => {
      const keyring = { group, keys }
      expect(await openKeyring(group, await sealKeyring(keyring, [reader]), identity)).toEqual(keyring)
    }),
    { numRuns: 25 },
  )
})
