import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pairAsCustomer, pairAsTechnician } from '../../peer/handshake.ts'
import { openInbox } from '../../peer/inbox.ts'
import { wordsOf } from '../../peer/words/compare.ts'
import { words as english } from '../../peer/words/english.ts'
import { words as french } from '../../peer/words/french.ts'
import { memoryAttempts, relayPair, SECRET, TICKET } from './support.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

type Relays = ReturnType<typeof relayPair>

const asTechnician = ({ technician: relay }: Relays) => {
  const { signal } = life
  return pairAsTechnician({ ticket: TICKET, secret: SECRET, relay, inbox: openInbox(relay, signal), signal })
}
const asCustomer = ({ customer: relay }: Relays) => {
  const { signal } = life
  const attempts = memoryAttempts()
  const inbox = openInbox(relay, signal)
  return pairAsCustomer({ ticket: TICKET, secret: SECRET, relay, inbox, signal, attempts, onWait() {} })
}

test('both ends of a pairing have the same words; each pairing has its own', async () => {
  const seen = new Set<string>()
  for (let pairing = 0; pairing < 3; pairing += 1) {
    const relay = relayPair()
    const [technician, customer] = await Promise.all([asTechnician(relay), asCustomer(relay)])
    expect(technician.keys.words).toHaveLength(4)
    expect(customer.keys.words).toEqual(technician.keys.words)
    seen.add(String(technician.keys.words))
  }
  expect(seen.size).toBe(3)
})

test('who knows the code and sits in the middle has two pairings, and the two ends have other words', async () => {
  const [left, right] = [relayPair(), relayPair()]
  const [technician, , , customer] = await Promise.all([
    asTechnician(left),
    asCustomer(left),
    asTechnician(right),
    asCustomer(right),
  ])
  expect(await wordsOf(customer.keys.words, 'en')).not.toEqual(await wordsOf(technician.keys.words, 'en'))
})

test('the words are of the language of the page', async () => {
  expect(await wordsOf([0, 1, 255, 0], 'en')).toEqual([english[0], english[1], english[255], english[0]])
  expect(await wordsOf([0, 1, 255, 0], 'fr')).toEqual([french[0], french[1], french[255], french[0]])
})

describe.each([
  ['English', english],
  ['French', french],
])('the %s list', (language, words) => {
  test('has 256 words of four to ten letters', () => {
    expect(words).toHaveLength(256)
    expect(words.filter((word) => !/^\p{Ll}{4,10}$/u.test(word))).toEqual([])
  })

  test('has no two words that are written, or sound, nearly alike', () => {
    const alike = words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => (apart(one, other) < 3 ? [`${one} ${other}`] : [])),
    )
    expect(alike).toEqual([])
    const sounds = words.map((word) => soundOf(word, language))
    expect(words.filter((_, at) => sounds.indexOf(sounds[at] ?? '') !== at)).toEqual([])
  })
})

test('the rule finds what sounds alike', () => {
  expect(soundOf('knight', 'English')).toBe(soundOf('night', 'English'))
  expect(soundOf('river', 'English')).toBe(soundOf('rover', 'English'))
  expect(soundOf('poire', 'French')).toBe(soundOf('père', 'French'))
  expect(soundOf('river', 'English')).not.toBe(soundOf('candle', 'English'))
  expect([apart('moose', 'mouse'), apart('apple', 'apple'), apart('abc', '')]).toEqual([1, 0, 3])
})

const bare = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '')

/** The consonants as they are heard, and whether it begins with a vowel: what is left of a word on a bad line. */
function soundOf(word: string, language: string): string {
  const heard: [RegExp, string][] =
    language === 'French'
      ? [
          [/qu/g, 'k'],
          [/gn/g, 'n'],
          [/g(?=[eiy])/g, 'j'],
          [/(?<=.)[stdxpe]+$/g, ''],
          [/h/g, ''],
        ]
      : [
          [/^kn/g, 'n'],
          [/^wr/g, 'r'],
          [/ck/g, 'k'],
          [/gh/g, ''],
          [/th/g, 'T'],
          [/g(?=[eiy])/g, 'j'],
          [/dg/g, 'j'],
        ]
  const both: [RegExp, string][] = [
    [/c(?=[eiy])/g, 's'],
    [/[cq]/g, 'k'],
    [/x/g, 'ks'],
    [/z/g, 's'],
  ]
  let sound = bare(word)
    .replace(/ph/g, 'f')
    .replace(/sch|ch|sh/g, 'S')
  for (const [spelt, said] of [...heard, ...both]) sound = sound.replace(spelt, said)
  const first = /^[aeiouyh]/.test(sound) ? 'A' : sound.slice(0, 1)
  return `${first}${sound.slice(1).replace(/[aeiouyh]/g, '')}`.replace(/(.)\1+/g, '$1')
}

/** How many letters must be changed, added or left out (Levenshtein). */
function apart(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...bare(one)].entries()) {
    const row = [at + 1]
    for (const [index, against] of [...bare(other)].entries()) {
      const changed = (before[index] ?? 0) + (letter === against ? 0 : 1)
      row.push(Math.min((before[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1, changed))
    }
    before = row
  }
  return before[other.length] ?? 0
}
