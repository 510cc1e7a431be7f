import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changeBetween, mapIndex } from '../../../desk/case/text-change.ts'

const apply = (text: string, { at, removed, inserted }: NonNullable<ReturnType<typeof changeBetween>>) =>
  text.slice(0, at) + inserted + text.slice(at + removed)

const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '😀', '👩🏽'), maxLength: 20 })

describe('the change between two texts', () => {
  test('makes the one of the other, wherever the cursor is', () => {
    fc.assert(
      fc.property(words, words, fc.nat(40), (before, after, caret) => {
        const change = changeBetween(before, after, Math.min(caret, after.length))
        expect(change ? apply(before, change) : before).toBe(after)
      }),
    )
  })

  test('of equal letters the one at the cursor is new', () => {
    expect(changeBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, removed: 0, inserted: 'a' })
    expect(changeBetween('aaaa', 'aaa', 1)).toEqual({ at: 1, removed: 1, inserted: '' })
  })

  test('never leaves half a character', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const change = changeBetween(before, after, after.length)
        if (change) expect(change.inserted.isWellFormed()).toBe(true)
      }),
    )
  })
})

test('a cursor stays at its letter, whatever others insert and delete before, behind and around it', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(10), fc.nat(4), fc.string({ maxLength: 3 }), (index, at, removed, inserted) => {
      const document = new Y.Doc()
      const text = document.getText('x')
      text.insert(0, '0123456789')
      const letter = text.toString()[index]
      let moved = index
      text.observe(({ delta }) => {
        moved = mapIndex(delta, index)
      })
      document.transact(() => {
        text.delete(at, Math.min(removed, 10 - at))
        text.insert(at, inserted.replace(/\d/g, 'x'))
      })
      if (text.toString().includes(letter ?? '?')) expect(text.toString()[moved]).toBe(letter)
      else expect(moved).toBeLessThanOrEqual(text.length)
    }),
  )
})
