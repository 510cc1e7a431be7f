import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { compare, type Family } from './harness.ts'

const BUILT = new URL('../../.output/customer/', import.meta.url)
const LIMIT = 60_000

/** Gzipped JavaScript that the customer's page loads before it does anything: its scripts and all that they import statically. */
export const customerPage: Family = {
  names: ['customer-page-bytes'],
  async measure() {
    const page = await readFile(new URL('index.html', BUILT), 'utf8').catch((cause) => {
      throw new Error('the customer’s page is not built: npm run build', { cause })
    })
    const entries = [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.js)"/g)].map(
      ([, path = '']) => path,
    )
    if (entries.length === 0) throw new Error('the customer’s page loads no script')
    const scripts = new Map<string, string>()
    for (const path of entries) await collect(new URL(path.replace(/^\//, ''), BUILT), scripts)

    let bytes = 0
    for (const source of scripts.values()) bytes += gzipSync(source, { level: 9 }).length
    return [
      compare({ name: 'customer-page-bytes', value: bytes, unit: 'bytes', n: 1, peer: 'limit', peerValue: LIMIT }, 1),
    ]
  },
}

/** Built chunks name their static imports as `import…"./chunk.js"` or `export…from"./chunk.js"`; `import("…")` comes later. */
async function collect(script: URL, scripts: Map<string, string>): Promise<void> {
  if (scripts.has(script.href)) return
  const source = await readFile(script, 'utf8')
  scripts.set(script.href, source)
  for (const [, path = ''] of source.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)) {
    await collect(new URL(path, script), scripts)
  }
}
