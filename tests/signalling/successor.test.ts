import { beforeAll, expect, test } from 'vitest'
import type { Reader } from '../../protocol/keys.ts'
import { checkSuccessor } from '../../signalling/keys/successor.ts'
import { drawReader } from '../support/keys.ts'

let ada: Reader
let adaAnew: Reader
let grace: Reader
let linus: Reader

beforeAll(async () => {
  const [one, two, three, four] = await Promise.all(['ada', 'ada', 'grace', 'linus'].map(drawReader))
  if (!one || !two || !three || !four) throw new Error('drawn')
  ada = one.reader
  adaAnew = two.reader
  grace = three.reader
  linus = four.reader
})

// Any key of the right shape stands for the group's own.
const present = () => ({ revision: 4, epoch: 2, publicKey: linus.publicKey, readers: [ada, grace] })
const same = (readers: Reader[]) => ({ after: 4, epoch: 2, publicKey: linus.publicKey, readers })
const fresh = (readers: Reader[]) => ({ after: 4, epoch: 3, publicKey: adaAnew.publicKey, readers })
const conflict = (about: string) => ({ code: 'conflict', about })

test('the first keyring is of epoch 1 and follows nothing', () => {
  const first = { after: 0, epoch: 1, publicKey: linus.publicKey, readers: [ada] }
  expect(checkSuccessor(undefined, first, [ada])).toBeUndefined()
  expect(checkSuccessor(undefined, { ...first, epoch: 2 }, [ada])).toEqual(conflict('epoch'))
  expect(checkSuccessor(undefined, { ...first, after: 1 }, [ada])).toEqual(conflict('after'))
  expect(checkSuccessor(present(), first, [ada])).toEqual(conflict('after'))
})

test('it is sealed to those who are wanted now, each once, and to nobody else', () => {
  const wanted = [ada, grace, linus]
  expect(checkSuccessor(present(), same([linus, ada, grace]), wanted)).toBeUndefined()
  for (const readers of [[ada, grace], [ada, grace, adaAnew], [ada, grace, linus, linus], [ada, grace, grace], []]) {
    expect(checkSuccessor(present(), same(readers), wanted)).toEqual(conflict('readers'))
  }
})

test('it follows the present revision only', () => {
  for (const after of [0, 3, 5]) {
    expect(checkSuccessor(present(), { ...same([ada, grace]), after }, [ada, grace])).toEqual(conflict('after'))
  }
})

test('somebody stopped being a reader: one epoch more, with another key', () => {
  expect(checkSuccessor(present(), fresh([ada]), [ada])).toBeUndefined()
  expect(checkSuccessor(present(), same([ada]), [ada])).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), { ...fresh([ada]), epoch: 4 }, [ada])).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), { ...fresh([ada]), publicKey: linus.publicKey }, [ada])).toEqual(
    conflict('publicKey'),
  )
})

test('another public key of the same person is somebody else', () => {
  expect(checkSuccessor(present(), same([adaAnew, grace]), [adaAnew, grace])).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), fresh([adaAnew, grace]), [adaAnew, grace])).toBeUndefined()
  expect(checkSuccessor(present(), fresh([ada, grace]), [adaAnew, grace])).toEqual(conflict('readers'))
})

test('nobody left: the same epoch, with the same key', () => {
  const wanted = [ada, grace, linus]
  expect(checkSuccessor(present(), fresh(wanted), wanted)).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), { ...same(wanted), publicKey: ada.publicKey }, wanted)).toEqual(
    conflict('publicKey'),
  )
})

test('one that is begun anew has a fresh key whoever left, and follows one that is there', () => {
  const readers = [ada, grace]
  const anew = true as const
  expect(checkSuccessor(present(), fresh(readers), readers)).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), { ...fresh(readers), anew }, readers)).toBeUndefined()
  expect(checkSuccessor(present(), { ...fresh([ada]), anew }, [ada])).toBeUndefined()
  expect(checkSuccessor(present(), { ...same(readers), anew }, readers)).toEqual(conflict('epoch'))
  expect(checkSuccessor(present(), { ...fresh(readers), publicKey: linus.publicKey, anew }, readers)).toEqual(
    conflict('publicKey'),
  )
  expect(checkSuccessor(present(), { ...fresh(readers), after: 3, anew }, readers)).toEqual(conflict('after'))
})
