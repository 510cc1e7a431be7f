import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin, Rolldown } from 'vite'

type Catalogue = Readonly<Record<string, unknown>>
type Bundle = Rolldown.OutputBundle

const root = import.meta.dirname
const compiled = path.join(root, 'paraglide')
const { locales, baseLocale } = readProject()

/** `first`: what the page says before anything was loaded later. */
const parts = ['first', 'later'] as const

/**
 * The words of one language at a time, from the one catalogue: each message of paraglide's becomes a look-up by its name, and the
 * sentences that these pages use lie beside them, a file for each language and part, which `customer/words.ts` loads. The page
 * names these files, and what it needs first, so that everything is on its way at once.
 *
 * @param first the module, below `customer/`, that is imported by the page's script as soon as it runs
 */
export function wordsByLanguage(first: string): Plugin {
  const firstModule = path.join(root, 'customer', first)
  const catalogues = locales.map((language) => ({ language, sentences: readCatalogue(language) }))
  let tags: ReturnType<typeof inHead>[] = []
  return {
    name: 'words-by-language',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      if (id === path.join(compiled, 'runtime.js')) return RUNTIME
      const name = messageOf(id)
      if (!name) return undefined
      const words = JSON.stringify(path.join(root, 'customer/words.ts'))
      const code = `import { say } from ${words}\nexport const ${name} = /* @__PURE__ */ say('${name}')`
      return { code, moduleSideEffects: false }
    },
    generateBundle(_, bundle) {
      const begun = importedBy(bundle, (chunk) => chunk.isEntry)
      const early = importedBy(bundle, (chunk) => chunk.isEntry || firstModule in chunk.modules)
      if (early.size === begun.size) this.error(`no script of its own has ${first}`)
      const names = {
        first: namesIn(bundle, (file) => early.has(file)),
        later: namesIn(bundle, (file) => !early.has(file)),
      }
      tags = asksFor(
        bundle,
        [...early].filter((file) => !begun.has(file)),
      )
      for (const { language, sentences } of catalogues) {
        for (const part of parts) {
          const said = names[part].map((name) => [name, sentenceOf(sentences, name, language)])
          const source = JSON.stringify(Object.fromEntries(said))
          const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8)
          const fileName = `assets/words-${language}-${part}-${hash}.json`
          this.emitFile({ type: 'asset', fileName, source })
          tags.push(inHead('meta', { name: `words-${language}-${part}`, content: `/${fileName}` }))
        }
      }
    },
    transformIndexHtml: { order: 'post', handler: () => tags },
  }
}

/** What is left of paraglide's runtime: which languages there are, and which one is asked for. */
const RUNTIME = `
export const baseLocale = ${JSON.stringify(baseLocale)}
export const locales = ${JSON.stringify(locales)}
export function overwriteGetLocale() {}
`

function readProject(): { locales: readonly string[]; baseLocale: string } {
  return JSON.parse(readFileSync(path.join(root, 'project.inlang/settings.json'), 'utf8'))
}

function readCatalogue(language: string): Catalogue {
  return JSON.parse(readFileSync(path.join(root, `messages/${language}.json`), 'utf8'))
}

/** @throws where a message is more than a sentence with blanks, which is all that `customer/words.ts` can read. */
function sentenceOf(sentences: Catalogue, name: string, language: string): string {
  const sentence = sentences[name]
  if (typeof sentence === 'string' && !sentence.includes('\\')) return sentence
  throw new Error(`customer/words.ts cannot read the message ${name} (${language})`)
}

function messageOf(id: string): string | undefined {
  const { dir, name } = path.parse(id)
  return dir === path.join(compiled, 'messages') && name !== '_index' ? name : undefined
}

/** These chunks, and all that they import statically. */
function importedBy(bundle: Bundle, isOne: (chunk: Rolldown.OutputChunk) => boolean): Set<string> {
  const imported = new Set<string>()
  const add = (file: string) => {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk' || imported.has(file)) return
    imported.add(file)
    chunk.imports.forEach(add)
  }
  for (const [file, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && isOne(chunk)) add(file)
  return imported
}

function namesIn(bundle: Bundle, isOne: (file: string) => boolean): string[] {
  const names = Object.entries(bundle).flatMap(([file, chunk]) =>
    chunk.type === 'chunk' && isOne(file) ? Object.keys(chunk.modules).flatMap((id) => messageOf(id) ?? []) : [],
  )
  return names.sort((one, other) => (one < other ? -1 : 1))
}

const inHead = (tag: string, attrs: Record<string, string>) => ({ tag, attrs, injectTo: 'head' as const })

/** The page asks for these while its script is still on the way. */
function asksFor(bundle: Bundle, files: readonly string[]) {
  return files.flatMap((file) => {
    const chunk = bundle[file]
    const styles = chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : []
    return [
      inHead('link', { rel: 'modulepreload', crossorigin: '', href: `/${file}` }),
      ...styles.map((href) => inHead('link', { rel: 'stylesheet', crossorigin: '', href: `/${href}` })),
    ]
  })
}
