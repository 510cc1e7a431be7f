import { expect, test } from 'vitest'
import { readSources, type Source } from './sources.ts'

/** What a test finds by a class or an id all the same, and why no role and no name would do. */
const ALLOWED = new Map([
  ['.board-layer canvas', 'what is drawn is no element of a page: its pixels are looked at'],
  ['audio.call-voice', 'a voice is heard and not seen: it has neither role nor name'],
  ['.csv-drop.over', 'that a file is held over the form is only to be seen: a picture is taken of it'],
  ['#sheet', 'the test’s own, put before the page to be read through a link'],
  ['#painted', 'the test’s own, painted to be seen through a link'],
])

/** Calls that look for something in a page, and the parts of `drop` that do. */
const LOOKS =
  /(?:\.\$\$?(?:eval)?|\b(?:waitForSelector|querySelector(?:All)?|closest|matches|focus|click|hover))(?:<[^(]*>)?\(\s*(['"`])(.*?)\1|\b(?:over|on): (['"`])(.*?)\3/gs

/** The selectors of a file that go by a class, an id, a place among other elements, or what only a program reads. */
function pathsIn({ text }: Source): string[] {
  return [...text.matchAll(LOOKS)].flatMap(([, , called = '', , dropped = '']) => {
    const selector = called || dropped
    const bare = selector.replaceAll(/::-p-aria\(.*?\)(?=$|[^\])])|\[(?!data-)[^\]]*\]|\$\{.*?\}|aria\/.*/g, '')
    return /[.#][a-z_]|[>+~]|\[data-|:nth-/i.test(bare) ? [selector] : []
  })
}

const sources = readSources('tests/{browser,support}/**/*.ts')

test('tests find what a person finds: by roles and visible names, not by classes, ids and places', () => {
  const found = sources.flatMap((source) => pathsIn(source).map((selector) => ({ name: source.name, selector })))
  expect(found.filter(({ selector }) => !ALLOWED.has(selector))).toEqual([])
  const used = new Set(found.map(({ selector }) => selector))
  expect(
    [...ALLOWED.keys()].filter((selector) => !used.has(selector)),
    'allowed and not needed any more',
  ).toEqual([])
  for (const [selector, why] of ALLOWED) console.log(`${selector}: ${why}`)
})

test.each([
  ["await page.$('.call-theirs')", ['.call-theirs']],
  ["page.$$eval('table.log td', read)", ['table.log td']],
  ["document.querySelector<HTMLInputElement>('#folder-search')", ['#folder-search']],
  ["await page.waitForSelector('main > video')", ['main > video']],
  ["drop(page, { file, over: '.files-over', whileHeld })", ['.files-over']],
  ['page.click(\'[data-index="3"]\')', ['[data-index="3"]']],
  ['page.$(\'::-p-aria([role="list"][name="Tags etc."]) li\'); page.$(\'dialog[open] input[type="file"]\')', []],
  ["page.$('aria/View picture.png'); page.click('a[href*=\"/ticket/#1\"]')", []],
])('%s', (text, paths) => {
  expect(pathsIn({ name: 'tests/browser/sample.test.ts', text })).toEqual(paths)
})
