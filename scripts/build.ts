import path from 'node:path'
import { parseArgs } from 'node:util'
import { compile } from '@inlang/paraglide-js'
import { build as buildPages } from 'vite'
import { build as buildExtension } from 'wxt'
import { compressAll } from './compress.ts'
import { isStale, stamped, type Traces } from './freshness.ts'
import { customerFolder, extensionFolder } from './outputs.ts'
import { root } from './tools.ts'

/** `words` is the compiled catalogue that the other three import. */
const targetNames = ['words', 'customer', 'chrome', 'firefox'] as const
type TargetName = (typeof targetNames)[number]

const inRoot = (...names: string[]) => names.map((name) => path.join(root, name))
const shared = inRoot(
  'protocol',
  'peer',
  'desk',
  'components',
  'paraglide',
  'vite.shared.ts',
  'tsconfig.json',
  'package-lock.json',
)
const extension = [...shared, ...inRoot('entrypoints', 'public', 'wxt.config.ts', 'package.json')]
const stampOf = (name: TargetName) => path.join(root, '.output', `${name}.stamp`)

/** The extension's builder tells much; what went wrong is what matters here. */
const silent = () => {}
const logger = { ...console, debug: silent, log: silent, info: silent, success: silent, fatal: console.error, level: 2 }

const targets: Record<TargetName, Traces & { build: () => Promise<unknown> }> = {
  words: {
    inputs: inRoot('messages', 'project.inlang/settings.json', 'package-lock.json', 'scripts/build.ts'),
    output: path.join(root, 'paraglide/messages.js'),
    stamp: stampOf('words'),
    // The pages decide the language themselves (components/ui/locale.ts): no cookie, no address.
    build: () =>
      compile({
        project: path.join(root, 'project.inlang'),
        outdir: path.join(root, 'paraglide'),
        strategy: ['globalVariable', 'baseLocale'],
        emitReadme: false,
        emitGitIgnore: false,
        emitPrettierIgnore: false,
      }),
  },
  customer: {
    inputs: [
      ...shared,
      ...inRoot('customer', 'messages', 'project.inlang/settings.json', 'vite.config.ts', 'vite.words.ts'),
    ],
    output: path.join(customerFolder, 'index.html'),
    stamp: stampOf('customer'),
    build: async () => {
      await buildPages({
        root: path.join(root, 'customer'),
        configFile: path.join(root, 'vite.config.ts'),
        logLevel: 'warn',
      })
      await compressAll(customerFolder)
    },
  },
  chrome: {
    inputs: extension,
    output: path.join(extensionFolder.chrome, 'manifest.json'),
    stamp: stampOf('chrome'),
    build: () => buildExtension({ root, browser: 'chrome', logger }),
  },
  firefox: {
    inputs: extension,
    output: path.join(extensionFolder.firefox, 'manifest.json'),
    stamp: stampOf('firefox'),
    build: () => buildExtension({ root, browser: 'firefox', logger }),
  },
}

/**
 * Builds those of the targets that are older than what they are made of; the catalogue always comes first.
 * Rejects with the builder's own error.
 */
export async function buildStale(names: readonly TargetName[] = targetNames, force = false): Promise<void> {
  for (const name of targetNames.filter((known) => known === 'words' || names.includes(known))) {
    const target = targets[name]
    if (!force && !(await isStale(target))) continue
    const begun = performance.now()
    await stamped(target, async () => void (await target.build()))
    console.log(`built ${name} in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { force: { type: 'boolean', default: false } },
  })
  const unknown = positionals.find((name) => !targetNames.some((known) => known === name))
  if (unknown !== undefined) {
    console.error(`There is no target "${unknown}". There are: ${targetNames.join(', ')}.`)
    process.exit(1)
  }
  const names = positionals.length === 0 ? targetNames : targetNames.filter((name) => positionals.includes(name))
  await buildStale(names, values.force)
}
