import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName, cleanPath, freePaths, numbered } from '../../../peer/files/clean-name.ts'

describe('cleanName', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['Été – devis n° 3.xlsx', 'Été – devis n° 3.xlsx'],
    ['.gitignore', '.gitignore'],
    ['a/b', 'a_b'],
    ['..\\..\\boot.ini', '_.._boot.ini'],
    ['..', 'file'],
    ['.', 'file'],
    ['', 'file'],
    ['   ', 'file'],
    ['con', '_con'],
    ['con .txt', '_con .txt'],
    ['nul  .tar.gz', '_nul  .tar.gz'],
    ['console.log', 'console.log'],
    ['NUL.txt', '_NUL.txt'],
    ['com1.log', '_com1.log'],
    ['LPT¹', '_LPT¹'],
    ['console.log', 'console.log'],
    ['name. . ', 'name'],
    ['photo\u202egpj.exe', 'photo_gpj.exe'],
    ['a\u0000b', 'a_b'],
    ['zero\u200bwidth', 'zero_width'],
    ['a:b*c?d"e<f>g|h', 'a_b_c_d_e_f_g_h'],
    ['\ud800.txt', '_.txt'],
    ['e\u0301te\u0301.txt', 'été.txt'],
  ])('%j becomes %j', (name, clean) => expect(cleanName(name)).toBe(clean))

  test('what is too long keeps its extension', () => {
    const clean = cleanName(`${'漢'.repeat(300)}.docx`)
    expect(new TextEncoder().encode(clean).length).toBeLessThanOrEqual(200)
    expect(clean.endsWith('漢.docx')).toBe(true)
  })

  test('whatever comes, the name is harmless, and clean names stay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const clean = cleanName(name)
        expect(clean).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(clean).not.toMatch(/^\.{1,2}$|[\s.]$/u)
        expect(clean.length).toBeGreaterThan(0)
        expect(clean.isWellFormed()).toBe(true)
        expect(new TextEncoder().encode(clean).length).toBeLessThanOrEqual(200)
        expect(cleanName(clean)).toBe(clean)
      }),
      { numRuns: 200 },
    )
  })
})

test('a path never leaves its folder', () => {
  expect(cleanPath(['..', '..', 'etc', 'passwd'])).toEqual(['etc', 'passwd'])
  expect(cleanPath(['/etc/./passwd'])).toEqual(['etc', 'passwd'])
  expect(cleanPath(['C:\\Windows\\system.ini'])).toEqual(['C_', 'Windows', 'system.ini'])
  expect(cleanPath(['', '.'])).toEqual(['file'])
})

test('names that collide are numbered, as file systems compare them', () => {
  const { file: free } = freePaths()
  expect(free(['a.txt'])).toEqual(['a.txt'])
  expect(free(['A.TXT'])).toEqual(['A (2).TXT'])
  expect(free(['a.txt'])).toEqual(['a (3).txt'])
  expect(free(['x', 'a.txt'])).toEqual(['x', 'a.txt'])
  expect(free(['x', 'b.txt'])).toEqual(['x', 'b.txt'])
  expect(free(['x'])).toEqual(['x (2)'])
  expect(free(['a.txt', 'inside'])).toEqual(['a (4).txt', 'inside'])
})

test('a file that has a folder’s name is no end of that folder: all that lies in it stays together', () => {
  const { file: free } = freePaths()
  expect(free(['a'])).toEqual(['a'])
  expect(free(['a', 'x'])).toEqual(['a (2)', 'x'])
  expect(free(['A', 'y'])).toEqual(['A (2)', 'y'])
  expect(free(['a (2)', 'x'])).toEqual(['a (2)', 'x (2)'])
  expect(free(['a'])).toEqual(['a (3)'])
})

test('a hundred thousand files of one name are numbered at once, and deep paths are not kept over and over', () => {
  const { file: free } = freePaths()
  const began = performance.now()
  for (let index = 1; index < 100_000; index += 1) free(['a.txt'])
  expect(free(['A.txt'])).toEqual(['A (100000).txt'])
  const deep = Array.from({ length: 63 }, () => 'd'.repeat(200))
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < 1000; index += 1) free([`${index}`, ...deep])
  // Its names once are 13 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  expect(performance.now() - began).toBeLessThan(15_000)
})

test('a number goes before the extension', () => {
  expect(numbered('archive.tar.gz', 2)).toBe('archive.tar (2).gz')
  expect(numbered('.env', 2)).toBe('.env (2)')
})
