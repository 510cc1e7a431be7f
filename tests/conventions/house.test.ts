import { expect, test } from 'vitest'
import { readSources, type Source } from './sources.ts'

const code = readSources('**/*.{ts,tsx}')
const everything = readSources('**/*', '.*', '.ci/*')

/** A rule of the house: the files it speaks of, what offends, and samples that prove that it can tell. */
type Rule = { name: string; files: Source[]; offends: (source: Source) => boolean; bad: Source; good: Source }

const sample = (text: string, name = 'peer/sample.ts'): Source => ({ name, text })
const lines = (text: string) => text.trimEnd().split('\n').length
const says = (pattern: RegExp) => (source: Source) => pattern.test(source.text)
const ours = (source: Source) => !source.name.startsWith('tests/conventions/')

const rules: Rule[] = [
  {
    name: 'a file has at most 300 lines',
    files: [...code, ...readSources('**/*.css')],
    offends: ({ text }) => lines(text) > 300,
    bad: sample('line\n'.repeat(301)),
    good: sample('line\n'.repeat(300)),
  },
  {
    name: 'what the browser or Node starts only wires: at most 60 lines',
    files: [...readSources('entrypoints/**/*.{ts,tsx}'), ...readSources('customer/main.tsx', 'signalling/main.ts')],
    offends: ({ text }) => lines(text) > 60,
    bad: sample('line\n'.repeat(61)),
    good: sample('line\n'.repeat(60)),
  },
  {
    name: 'a file is named after what it holds',
    files: code,
    offends: ({ name }) => /(^|\/)(utils?|helpers?|misc|common|lib)\.tsx?$/.test(name),
    bad: sample('', 'desk/utils.ts'),
    good: sample('', 'desk/queue.ts'),
  },
  {
    name: 'types are not talked out of',
    files: code.filter(ours),
    offends: says(/(:|<|\bas|\|) ?any\b(?! \w)|\bas unknown as\b|@ts-(ignore|nocheck|expect-error)/),
    bad: sample('const a = b as unknown as C'),
    good: sample('// any name will do\nconst a: Many = b'),
  },
  {
    name: 'types are imported where a reader looks for imports',
    files: code.filter(ours),
    offends: says(/\bimport\(['"][^'"]+['"]\)\s*\.(?!then\b|catch\b)/),
    bad: sample("type A = import('../desk/queue.ts').A"),
    good: sample("const { a } = await import('./a.ts')\nimport('./b.ts').then(use)"),
  },
  {
    name: 'text is text: nothing is parsed as HTML or run as code',
    files: code.filter(ours),
    offends: says(
      /\b(inner|outer)HTML\b|insertAdjacentHTML|\bdocument\.writeln?\(["'`<]|dangerouslySetInnerHTML|(?<![\w$.])eval\(|new Function\(/,
    ),
    bad: sample('element.innerHTML = name'),
    good: sample('element.textContent = name'),
  },
  {
    name: 'no test is left out, and none keeps the others out',
    files: code.filter(({ name }) => /\.test\.tsx?$/.test(name)).filter(ours),
    offends: says(/\b(test|it|describe)\.(skip|only|todo|skipIf|runIf|fails)\b/),
    bad: sample("test.skip('later', () => {})"),
    good: sample("test('now', () => {})"),
  },
  {
    name: 'what is decoded is used: the build of the customer’s pages leaves out what valibot is asked for nothing (vite.config.ts)',
    files: readSources('{customer,peer,protocol}/**/*.{ts,tsx}'),
    offends: says(/^\s*v\.(parse|assert)\(/m),
    bad: sample('  v.parse(Message, data)'),
    good: sample('const message = v.parse(Message, data)'),
  },
  {
    name: 'no unfinished business',
    files: code.filter(ours),
    offends: says(/\b(TODO|FIXME|XXX|HACK)\b/),
    bad: sample('// TODO: the rest'),
    good: sample('// The rest is done.'),
  },
  {
    name: 'no file knows a package registry or somebody’s machine',
    files: everything.filter(ours),
    offends: says(
      /registry\.\w+\.(org|com|io)|npm\.pkg\.|jsdelivr|unpkg\.com|(?<![\w.:/])\/(work|root|home\/\w+|Users\/\w+)\/\w/m,
    ),
    bad: sample('see /home/someone/deskside'),
    good: sample('see https://example.org/work/a'),
  },
]

test.each(rules)('$name', ({ files, offends, bad, good }) => {
  expect(files.filter(offends).map(({ name }) => name)).toEqual([])
  expect(files.length).toBeGreaterThan(0)
  expect([bad, good].map(offends)).toEqual([true, false])
})

const mentioned = (text: string) => text.match(/\bdocs\/[\w/-]+\.md\b/g) ?? []

test('every document that is spoken of is there', () => {
  const needed = ['README.md', 'LICENSE', 'docs/ARCHITECTURE.md', 'docs/PROTOCOL.md', 'docs/SECURITY.md']
  const wanted = new Set([...needed, ...everything.filter(ours).flatMap(({ text }) => mentioned(text))])
  const there = everything.map(({ name }) => name)
  expect([...wanted].filter((name) => !there.includes(name))).toEqual([])
  expect(mentioned('(`docs/PROTOCOL.md`), docs/decisions/0001-a.md.')).toEqual([
    'docs/PROTOCOL.md',
    'docs/decisions/0001-a.md',
  ])
})
