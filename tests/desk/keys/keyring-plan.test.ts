import { beforeAll, expect, test } from 'vitest'
import { planKeyring } from '../../../desk/keys/keyring-plan.ts'
import type { Reader, SealedKeyring } from '../../../protocol/keys.ts'
import { drawReader } from '../../support/keys.ts'

let ada: Reader
let adaAnew: Reader
let grace: Reader
let linus: Reader

beforeAll(async () => {
  const drawn = await Promise.all(['ada', 'ada', 'grace', 'linus'].map(drawReader))
  const [one, two, three, four] = drawn.map(({ reader }) => reader)
  if (!one || !two || !three || !four) throw new Error('drawn')
  ;[ada, adaAnew, grace, linus] = [one, two, three, four]
})

const sealedTo = (...readers: Reader[]): SealedKeyring => ({
  revision: 7,
  epoch: 3,
  publicKey: ada.publicKey,
  sealed: 's'.repeat(64),
  readers,
  sealedAt: 1,
})

test('where there is no keyring, the first one begins', () => {
  expect(planKeyring({ keyring: null, wanted: [ada, grace] }, ada)).toEqual({ kind: 'begin', epoch: 1, after: 0 })
})

test('the readers that are wanted: nothing to do, in whatever order', () => {
  const entry = { keyring: sealedTo(ada, grace), wanted: [grace, ada] }
  expect(planKeyring(entry, ada)).toEqual({ kind: 'open', seal: 'no' })
})

test('somebody joins: the same keys for one more', () => {
  const entry = { keyring: sealedTo(ada), wanted: [ada, grace] }
  expect(planKeyring(entry, ada)).toEqual({ kind: 'open', seal: 'same-epoch' })
  expect(planKeyring(entry, grace)).toEqual({ kind: 'wait' })
})

test('somebody leaves: a fresh key', () => {
  const entry = { keyring: sealedTo(ada, grace), wanted: [ada] }
  expect(planKeyring(entry, ada)).toEqual({ kind: 'open', seal: 'fresh-epoch' })
  expect(planKeyring(entry, grace)).toEqual({ kind: 'no-keys-here' })
})

test('one leaves as another joins: a fresh key', () => {
  const entry = { keyring: sealedTo(ada, grace), wanted: [ada, linus] }
  expect(planKeyring(entry, ada)).toEqual({ kind: 'open', seal: 'fresh-epoch' })
})

test('who has new keys is a new reader: a colleague makes a fresh key, the old device has none', () => {
  const entry = { keyring: sealedTo(ada, grace), wanted: [adaAnew, grace] }
  expect(planKeyring(entry, grace)).toEqual({ kind: 'open', seal: 'fresh-epoch' })
  expect(planKeyring(entry, adaAnew)).toEqual({ kind: 'wait' })
  expect(planKeyring(entry, ada)).toEqual({ kind: 'no-keys-here' })
})

test('nobody who is left can open it: a fresh one takes its place', () => {
  const entry = { keyring: sealedTo(ada, grace), wanted: [adaAnew, linus] }
  expect(planKeyring(entry, adaAnew)).toEqual({ kind: 'begin', epoch: 4, after: 7 })
})
