import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { customerFolder } from '../../scripts/outputs.ts'
import { firstLoad } from '../support/page-weight.ts'

/** Below the goal of the figure `customer-page-bytes` (60 000): what grows beyond it is to be loaded later. */
const LIMIT = 52_000

const assets = path.join(customerFolder, 'assets')
const filesLike = (pattern: RegExp) => readdirSync(assets).filter((name) => pattern.test(name))
const textOf = (name: string) => readFileSync(path.join(assets, name), 'utf8')
const words = (pattern: RegExp) => filesLike(pattern).map((name) => JSON.parse(textOf(name)) as Record<string, string>)

test('the customer’s page is small: what it needs only later is loaded later', async () => {
  const files = await firstLoad()
  const bytes = [...files.values()].reduce((sum, one) => sum + one, 0)
  expect(bytes, JSON.stringify([...files])).toBeLessThanOrEqual(LIMIT)
  // It does not count the wrong ones.
  expect(bytes).toBeGreaterThan(20_000)
})

test.each(['first', 'later'])('the %s words are there in each language, and in no script', (part) => {
  const [en = {}, fr = {}] = words(new RegExp(`^words-(en|fr)-${part}-.*\\.json$`))
  expect(Object.keys(en).length).toBeGreaterThan(100)
  expect(Object.keys(fr)).toEqual(Object.keys(en))
  const scripts = filesLike(/\.js$/).map(textOf)
  const sentences = [...Object.values(en), ...Object.values(fr)].filter((text) => text.length > 25)
  expect(sentences.filter((text) => scripts.some((script) => script.includes(text)))).toEqual([])
})

test('no sentence is loaded twice', () => {
  const [first = {}, later = {}] = words(/^words-en-.*\.json$/)
  expect(Object.keys(later).filter((name) => name in first)).toEqual([])
})
