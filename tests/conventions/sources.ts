import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/tools.ts'

const notOurs = [
  'node_modules',
  '.git',
  '.output',
  '.wxt',
  'paraglide',
  'data',
  'tests/artifacts',
  'project.inlang/cache',
]

/** A file of the repository; `name` is its path from the root, with slashes. */
export type Source = { name: string; text: string }

/** Reads the files that match one of the globs, without what is generated, fetched or binary. */
export function readSources(...globs: string[]): Source[] {
  const found = globSync(globs, {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => isNotOurs(entry.parentPath, entry.name),
  })
  return (
    found
      // A glob that names a file is not asked: `.git` is one where the repository has several work trees.
      .filter((entry) => entry.isFile() && !isNotOurs(entry.parentPath, entry.name))
      .filter(({ name }) => !/\.(png|ico|woff2)$/.test(name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => ({ name: fromRoot(file), text: readFileSync(file, 'utf8') }))
  )
}

function isNotOurs(folder: string, name: string): boolean {
  return notOurs.includes(fromRoot(path.join(folder, name)))
}

function fromRoot(file: string): string {
  return path.relative(root, file).replaceAll(path.sep, '/')
}
