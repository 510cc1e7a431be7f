import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/tools.ts'

/**
 * The arrows between the folders are rules in biome.json. Whether they bite is seen here: each line below becomes a file of its own
 * in an empty copy of the house, and Biome must refuse it, or let it pass.
 */
const refused: [file: string, code: string][] = [
  ['protocol/a.ts', "import '../peer/link.ts'"],
  ['protocol/b.ts', "import 'preact'"],
  ['protocol/c.ts', "import 'node:fs'"],
  ['peer/a.ts', "import '../desk/queue.ts'"],
  ['peer/b.ts', "import '../components/ui/button.tsx'"],
  ['peer/c.ts', "import '../customer/main.tsx'"],
  ['peer/d.ts', "import '../entrypoints/background.ts'"],
  ['peer/e.ts', "import '../signalling/server.ts'"],
  ['peer/f.ts', "import '../paraglide/messages.js'"],
  ['peer/g.ts', "import '../tests/support/launch.ts'"],
  ['peer/h.ts', "import 'preact/hooks'"],
  ['peer/i.ts', "import 'webextension-polyfill'"],
  ['peer/j.ts', "import 'node:crypto'"],
  ['peer/deeper/a.ts', "import '../../desk/queue.ts'"],
  ['peer/types.ts', "export type { A } from '../desk/queue.ts'"],
  ['peer/lazy.ts', "export const queue = () => import('../desk/queue.ts')"],
  ['desk/a.ts', "import '../components/ui/button.tsx'"],
  ['desk/b.ts', "import '../customer/main.tsx'"],
  ['desk/c.ts', "import '../entrypoints/background.ts'"],
  ['desk/d.ts', "import '../signalling/server.ts'"],
  ['desk/e.ts', "import '../paraglide/messages.js'"],
  ['desk/f.ts', "import 'webextension-polyfill'"],
  ['desk/g.ts', "import 'node:sqlite'"],
  ['desk/k.ts', "import 'node:fs/promises'"],
  ['desk/h.ts', "import 'kysely'"],
  ['desk/i.ts', 'void browser.tabs'],
  ['desk/j.ts', 'void chrome.tabs'],
  ['desk/browser/a.ts', "import '../queue.ts'"],
  ['desk/browser/b.ts', "import '../../components/ui/button.tsx'"],
  ['components/queue/a.ts', "import '../../customer/main.tsx'"],
  ['components/queue/b.ts', "import '../../entrypoints/background.ts'"],
  ['components/queue/c.ts', "import '../../signalling/server.ts'"],
  ['components/queue/d.ts', "import 'webextension-polyfill'"],
  ['components/queue/e.ts', "import 'wxt/browser'"],
  ['components/queue/f.ts', "import 'node:path'"],
  ['components/queue/g.ts', "import '../../scripts/build.ts'"],
  ['customer/a.ts', "import '../signalling/server.ts'"],
  ['customer/b.ts', "import 'node:fs'"],
  ['customer/c.ts', 'void browser.tabs'],
  ['entrypoints/a.ts', "import '../signalling/server.ts'"],
  ['entrypoints/b.ts', "import 'webextension-polyfill'"],
  ['entrypoints/c.ts', "import 'kysely'"],
  ['signalling/a.ts', "import '../peer/link.ts'"],
  ['signalling/b.ts', "import '../desk/queue.ts'"],
  ['signalling/c.ts', "import '../components/ui/button.tsx'"],
  ['signalling/d.ts', "import '../customer/main.tsx'"],
  ['signalling/e.ts', "import '../entrypoints/background.ts'"],
  ['signalling/f.ts', "import '../paraglide/messages.js'"],
  ['signalling/g.ts', "import 'preact'"],
  ['signalling/store/a.ts', "import '../../peer/link.ts'"],
]

const allowed: [file: string, code: string][] = [
  ['protocol/ok.ts', "import 'valibot'\nimport './ids.ts'"],
  ['peer/ok.ts', "import '../protocol/ids.ts'\nimport './link.ts'\nimport '@noble/curves/ed25519.js'"],
  ['desk/ok.ts', "import '../protocol/ids.ts'\nimport '../peer/link.ts'\nimport './browser/badge.ts'"],
  ['desk/browser/ok.ts', "import 'webextension-polyfill'\nimport '../../protocol/ids.ts'\nvoid chrome.offscreen"],
  [
    'components/queue/ok.ts',
    "import '../../desk/queue.ts'\nimport '../../peer/link.ts'\nimport '../customer/card.tsx'",
  ],
  [
    'components/queue/words.ts',
    "import '../../protocol/ids.ts'\nimport '../../paraglide/messages.js'\nimport '../ui/button.tsx'",
  ],
  ['customer/ok.ts', "import '../components/ui/button.tsx'\nimport '../desk/address.ts'\nimport '../peer/link.ts'"],
  [
    'entrypoints/ok.ts',
    "import '../components/ui/button.tsx'\nimport '../desk/browser/badge.ts'\nimport 'wxt/utils/define-background'",
  ],
  ['signalling/ok.ts', "import '../protocol/ids.ts'\nimport 'node:fs'\nimport 'kysely'\nimport './store/sqlite.ts'"],
  ['signalling/mail/ok.ts', "import '../../messages/en.json' with { type: 'json' }"],
  ['tests/peer/ok.ts', "import '../../signalling/server.ts'\nimport '../../peer/link.ts'"],
]

const arrowRules = [
  'lint/style/noRestrictedImports',
  'lint/style/noRestrictedGlobals',
  'lint/correctness/noNodejsModules',
]

let house: string
let found: Set<string>

beforeAll(async () => {
  house = await mkdtemp(path.join(tmpdir(), 'deskside-arrows-'))
  for (const file of ['biome.json', '.gitignore']) await cp(path.join(root, file), path.join(house, file))
  for (const [file, code] of [...refused, ...allowed]) {
    await mkdir(path.join(house, path.dirname(file)), { recursive: true })
    await writeFile(path.join(house, file), `${code}\n`)
  }
  found = await lint(house)
})
afterAll(() => rm(house, { recursive: true, force: true }))

test.each(refused)('%s may not say: %s', (file) => expect(found).toContain(file))
test.each(allowed)('%s may say: %s', (file) => expect(found).not.toContain(file))

/** @returns the files in which one of the arrow rules found something. */
async function lint(folder: string): Promise<Set<string>> {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
  const output = await new Promise<string>((resolve) => {
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
    execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout))
  })
  const report: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(output)
  const bitten = report.diagnostics.filter(({ category }) => arrowRules.includes(category))
  return new Set(bitten.map(({ location }) => location.path.replaceAll('\\', '/')))
}
