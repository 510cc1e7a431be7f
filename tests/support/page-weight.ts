import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { customerFolder } from '../../scripts/outputs.ts'

/**
 * What the customer's page loads before anything can be done on it, file by file, in bytes as gzip sends them: its scripts, all that
 * they import statically, what the page asks for beside them, and its words in the language that has the longest ones.
 */
export async function firstLoad(): Promise<Map<string, number>> {
  const page = await built('index.html').catch((cause) => {
    throw new Error('the customer’s page is not built: npm run build', { cause })
  })
  const scripts = new Map<string, string>()
  const links = page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+\.js)"/g)
  for (const [, file = ''] of links) await collect(file, scripts)
  if (scripts.size === 0) throw new Error('the customer’s page loads no script')

  const words: [string, number][] = []
  for (const [, file = ''] of page.matchAll(/<meta name="words-\w+-first" content="\/([^"]+)"/g)) {
    words.push([file, gzipped(await built(file))])
  }
  const [longest] = words.sort(([, one], [, other]) => other - one)
  if (!longest) throw new Error('the customer’s page has no words')
  return new Map([...[...scripts].map(([file, source]) => [file, gzipped(source)] as const), longest])
}

const built = (file: string) => readFile(path.join(customerFolder, file), 'utf8')
const gzipped = (source: string) => gzipSync(source, { level: 9 }).length

/** Built chunks name their static imports as `import…"./chunk.js"` or `export…from"./chunk.js"`; `import("…")` comes later. */
async function collect(file: string, scripts: Map<string, string>): Promise<void> {
  if (scripts.has(file)) return
  const source = await built(file)
  scripts.set(file, source)
  for (const [, name = ''] of source.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    await collect(path.posix.join(path.posix.dirname(file), name), scripts)
  }
}
