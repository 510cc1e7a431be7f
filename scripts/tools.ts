import { spawn } from 'node:child_process'
import path from 'node:path'

/** The checkout's root, whatever directory the command was given in. */
export const root = path.join(import.meta.dirname, '..')

/** For processes that are started again and again: Node keeps here what it has made of their code. */
export const compiledCode = { NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node') }

const programs = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
}

/**
 * Runs one of the house's tools on this very Node (the machine's own may be too old), its output going where ours goes.
 * @returns its exit code; 1 when a signal ended it.
 */
export function runTool(name: keyof typeof programs, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return run(process.execPath, [path.join(root, 'node_modules', programs[name]), ...args], env)
}

/** As `runTool`, for any program. Rejects when it cannot be started. */
export function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs one of our scripts. @returns its exit code, 1 when a signal ended it or it did not start, and all that it said. */
export function runSilently(script: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, script)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece) => (said += piece))
    child.once('error', (error) => resolve({ code: 1, said: `${said}${error}` }))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
