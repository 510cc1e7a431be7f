import { expect, test } from 'vitest'
import { foundInCase } from '../../../desk/queue/found-in-case.ts'
import { details, entry, header, offline, open } from './samples.ts'

const ticket = entry(header(66031, { state: open(null) }), offline, details({ request: 'Cellar' }))
const found = (search: string, notes: string, chat = '') =>
  foundInCase(ticket, search, { names: new Map(), cases: new Map([[ticket.header.id, { notes, chat }]]) })

test('the line of the notes or of the chat, with the word as it is written there', () => {
  const [notes, chat] = ['Called twice\nThe Módem is in the hall', 'Hello\nMy modem blinks']
  expect(found('modem', notes, chat)).toEqual({
    place: 'notes',
    before: 'The ',
    word: 'Módem',
    after: ' is in the hall',
  })
  expect(found('blinks', notes, chat)).toEqual({ place: 'chat', before: 'My modem ', word: 'blinks', after: '' })
  expect(found('absent', notes, chat)).toBeUndefined()
})

test('letters with accents of their own do not move the mark', () => {
  const spaced = `${'e\u0301'.repeat(10)} fini\u0301 ça`
  expect(found('fini', spaced)).toMatchObject({ word: 'fini\u0301', after: ' ça' })
  expect(found('ca', spaced)).toMatchObject({ before: expect.stringMatching(/ fini\u0301 $/), word: 'ça' })
})

test('a long line is cut around the word, and no letter in two', () => {
  const long = found('hall', `The modem in the ${'long '.repeat(40)}hall`)
  expect(long?.before).toMatch(/^….*long $/)
  expect(long?.word).toBe('hall')
  const start = found('modem', `The modem in the ${'long '.repeat(40)}hall`)
  expect(start).toMatchObject({ before: 'The ', word: 'modem' })
  expect(start?.after).toMatch(/…$/)
  const pictures = found('hall', `${'😀'.repeat(61)}hall${'😀'.repeat(61)}`)
  for (const part of [pictures?.before, pictures?.after]) expect(part?.isWellFormed()).toBe(true)
})

test('what the ticket says itself is not looked for in its case', () => {
  expect(found('cellar', 'Cellar')).toBeUndefined()
  expect(found('cellar twice', 'Called twice')).toMatchObject({ place: 'notes', word: 'twice' })
  expect(found('  ', 'Called twice')).toBeUndefined()
})
