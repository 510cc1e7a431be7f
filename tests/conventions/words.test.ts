import { expect, test } from 'vitest'
import { RefusalCode } from '../../protocol/errors.ts'
import { findInterfaceText } from './interface-text.ts'
import { readSources } from './sources.ts'

/** A sentence, or the variants of one (plurals), as the catalogue's format has them. */
type Catalogue = Record<string, unknown>

const catalogue = (file: string): Catalogue => {
  const [source] = readSources(file)
  const { $schema: _, ...sentences } = JSON.parse(source?.text ?? '{}') as Catalogue
  return sentences
}

const en = catalogue('messages/en.json')
const fr = catalogue('messages/fr.json')
const pages = readSources('{components,customer,entrypoints}/**/*.{ts,tsx}')
/** The server has sentences of its own in the mails that it writes. */
const mails = readSources('signalling/mail/*.ts')

const missingFrom = (those: Catalogue, these: Catalogue) => Object.keys(these).filter((key) => !(key in those))

/** `{name}`, wherever it stands in the sentence or its variants. */
const placeholders = (sentence: unknown) =>
  [...new Set(JSON.stringify(sentence).match(/\{\w+\}/g))].sort((a, b) => a.localeCompare(b))

const unused = (keys: string[], sources: string[]) => {
  const words = new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []))
  return keys.filter((key) => !words.has(key))
}

/** French sets thin spaces that must not break, and its own apostrophe. */
const badFrench = (sentence: unknown) =>
  /'|« (?!\u00a0)|[^\u00a0\u202f\d/»(][;!?»](?!\w)|[^\u00a0\u202f]»| :/.test(String(sentence))

test('both languages have the same sentences', () => {
  expect(missingFrom(fr, en)).toEqual([])
  expect(missingFrom(en, fr)).toEqual([])
  expect(missingFrom({ a: '' }, { a: '', b: '' })).toEqual(['b'])
})

test('both languages have the same blanks to fill', () => {
  const differing = Object.keys(en).filter((key) => `${placeholders(en[key])}` !== `${placeholders(fr[key])}`)
  expect(differing).toEqual([])
  expect(placeholders('{name} and {count}, {name}')).toEqual(['{count}', '{name}'])
})

test('every sentence is shown somewhere', () => {
  const sources = [...pages, ...mails].map(({ text }) => text)
  expect(unused(Object.keys(en), sources)).toEqual([])
  expect(unused(['chat_send', 'chat'], ['m.chat_send()'])).toEqual(['chat'])
})

test('every refusal has its sentence', () => {
  const wanted = RefusalCode.options.map((code) => `refusal_${code.replaceAll('-', '_')}`)
  expect(wanted.filter((key) => !(key in en && key in fr))).toEqual([])
})

test('French is set as French is', () => {
  const bad = Object.entries(fr).filter(([, sentence]) => badFrench(sentence))
  expect(bad).toEqual([])
  expect(["l'écran", 'Quoi ?', 'Quoi?', 'un : deux', '« oui »'].filter((text) => !badFrench(text))).toEqual([])
  expect(['l’écran', 'Quoi\u00a0?', 'un\u00a0: deux', '«\u00a0oui\u00a0»', '10:30'].filter(badFrench)).toEqual([])
})

test('the extension introduces itself in both languages', () => {
  const names = (locale: string) => Object.keys(catalogue(`public/_locales/${locale}/messages.json`))
  expect(names('fr')).toEqual(names('en'))
  expect(names('en')).toEqual(expect.arrayContaining(['name', 'description', 'open']))
})

test('no page shows text that is not in the catalogue', () => {
  const found = pages.flatMap(({ name, text }) => findInterfaceText(name, text).map((words) => `${name}: ${words}`))
  expect(found).toEqual([])
})

test.each([
  ['between tags', '<p>Hello {name}</p>', ['Hello']],
  ['as an expression', "<p>{waiting ? 'Please wait' : 'Ready ' + name}</p>", ['Please wait', 'Ready ']],
  ['in a template', '<p>{`Ready`}</p>', ['Ready']],
  ['in an attribute', '<img alt="A lamp" class="lamp" />', ['A lamp']],
  ['in an attribute’s expression', "<button aria-label={on === 'yes' && 'Stop'} title={m.stop()} />", ['Stop']],
  ['on an element', "document.title = 'Desk ' + count", ['Desk ']],
  ['nowhere', "<p class='big' title={m.a({ to: 'b' })}>{m.hello()} · {count}</p>", []],
])('text is found %s', (_, source, expected) => {
  expect(findInterfaceText('sample.tsx', source)).toEqual(expected)
})

test('the HTML files say nothing but the name', () => {
  const saying = (html: string) => html.match(/>\s*[^<\s][^<]*/g)?.map((text) => text.slice(1).trim()) ?? []
  const said = readSources('{customer,entrypoints}/**/*.html').flatMap(({ text }) => saying(text))
  expect(said.filter((text) => text !== 'Deskside')).toEqual([])
  expect(saying('<title>Deskside</title><p>Enable JavaScript</p>')).toEqual(['Deskside', 'Enable JavaScript'])
})
