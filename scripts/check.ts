import { buildStale } from './build.ts'
import { runTool } from './tools.ts'

/** Types, then lint, form and the arrows between folders (biome.json), then what nobody uses. */
const checks = [
  { name: 'types', tool: 'tsc', args: ['--project', '.', '--noEmit'] },
  { name: 'lint, format and arrows', tool: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'unused code and dependencies', tool: 'knip', args: ['--no-progress'] },
] as const

/** Runs every check, also after one has failed. @returns the names of those that failed. */
export async function check(): Promise<string[]> {
  await buildStale(['words'])
  const failed: string[] = []
  for (const { name, tool, args } of checks) {
    console.log(`check: ${name}`)
    if ((await runTool(tool, [...args])) !== 0) failed.push(name)
  }
  console.log(failed.length === 0 ? 'check: all is well' : `check: failed: ${failed.join('; ')}`)
  return failed
}

if (import.meta.main) process.exitCode = (await check()).length === 0 ? 0 : 1
