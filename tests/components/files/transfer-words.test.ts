import { expect, test } from 'vitest'
import { refusedSentence } from '../../../components/files/transfer-words.ts'

const sentence = (refusal: Parameters<typeof refusedSentence>[0]) => refusedSentence(refusal, 'sending', 'Jean')

test('a refusal for a rule names its limit, whoever’s rule it is', () => {
  expect(sentence({ why: 'too-large', rule: { largest: 1_000_000, refused: ['exe'] } })).toBe(
    'A file may have at most 1 MB here. Nothing was sent.',
  )
  expect(sentence({ why: 'not-allowed', rule: { largest: 1_000_000, refused: ['exe', 'bat'] } })).toBe(
    'Files of these kinds are not exchanged here: exe, bat. Nothing was sent.',
  )
})

test('where no rule is known, or it is no rule of the help desk’s, the reason stands alone', () => {
  expect(sentence({ why: 'not-allowed' })).toBe('Files of this kind may not be sent here. Nothing was sent.')
  const none = { largest: null, refused: [] }
  expect(sentence({ why: 'too-large', rule: none })).toBe('This is larger than may be sent here. Nothing was sent.')
  expect(sentence({ why: 'no-room', rule: { ...none, largest: 1 } })).not.toContain('at most')
})
