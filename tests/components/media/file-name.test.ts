import { expect, test } from 'vitest'
import { endingOf, mediaFileName } from '../../../components/media/file-name.ts'

const at = new Date(2026, 10, 6, 9, 5).getTime()

test('a file is named by its customer, its time and what it is', () => {
  expect(mediaFileName('Jean Dupont', at, 'image 3', 'png')).toBe('Jean Dupont 2026-11-06 09-05 image 3.png')
})

test('what no file system takes is left out', () => {
  expect(mediaFileName('../..\\a:b*?"<>|\u0000\u202egnp', at, 'image 1', 'png')).toBe(
    'a b gnp 2026-11-06 09-05 image 1.png',
  )
})

test('a customer without a name, or with a very long one', () => {
  expect(mediaFileName(' .. ', at, 'image 1', 'png')).toBe('2026-11-06 09-05 image 1.png')
  expect(mediaFileName('x'.repeat(500), at, 'image 1', 'png').length).toBeLessThan(100)
})

test('a name that is cut, or written with half a character, is still a name and a part of an address', () => {
  const names = [`${'x'.repeat(59)}😀😀`, 'Jo \ud83d Doe', '👩‍👩‍👧'.repeat(40)].map((name) =>
    mediaFileName(name, at, 'image 1', 'png'),
  )
  for (const name of names) expect(encodeURIComponent(name).length).toBeGreaterThan(10)
  expect(names[0]).toBe(`${'x'.repeat(59)}😀 2026-11-06 09-05 image 1.png`)
})

test('endings are those of the known types only', () => {
  expect(endingOf('video/webm')).toBe('webm')
  expect(endingOf('text/html')).toBe('bin')
})
