import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildStale } from './build.ts'
import { provideBrowsers } from './install-browsers.ts'
import { type Failure, failuresOf, type Report, settle, tellFailures } from './test-report.ts'
import { runSilently, runTool } from './tools.ts'

/** The checks count as one test, the builds only when they fail. */
type Count = { passed: number; failed: number }

const one = (good: boolean): Count => ({ passed: good ? 1 : 0, failed: good ? 0 : 1 })

/** Runs one part under a heading; whatever it throws is shown and counts as one failure. */
async function part(name: string, run: () => Promise<Count>): Promise<Count> {
  console.log(`\n— ${name}`)
  try {
    return await run()
  } catch (error) {
    console.error(error)
    return one(false)
  }
}

/** Failures that stayed, and those that a second run of their file did not show again. */
const failed: Failure[] = []
const unsteady: Failure[] = []

type Run = { report: Report; good: boolean }

async function runVitest(projects: readonly string[], files: readonly string[] = []): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  try {
    const file = path.join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const chosen = projects.map((project) => `--project=${project}`)
    const code = await runTool('vitest', ['run', ...chosen, '--allowOnly=false', ...reporters, ...files])
    return { report: JSON.parse(await readFile(file, 'utf8')), good: code === 0 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** More files than these do not fail by chance. */
const FILES_AGAIN = 3

/** Real browsers and networks, attacks, and servers that are killed: on a machine that others use, too, these race. */
const racing = (file: string): boolean => /^tests\/(?:browser|kills|soak)\//.test(file)

/**
 * Runs projects side by side. The few files that failed and race run once more, alone: what fails twice has failed; what does not is
 * told as unsteady, to be mended.
 */
async function runProjects(...projects: readonly string[]): Promise<Count> {
  const first = await runVitest(projects)
  const failures = failuresOf(first.report)
  const again = failures.filter(({ file }) => racing(file))
  const settled = await runAgain(projects, again)
  if (!settled) {
    failed.push(...failures)
    return { passed: first.report.numPassedTests, failed: first.good ? 0 : Math.max(1, failures.length) }
  }
  const stayed = failures.filter((failure) => !again.includes(failure))
  failed.push(...stayed, ...settled.failed)
  unsteady.push(...settled.unsteady)
  return {
    passed: first.report.numPassedTests + Math.max(0, again.length - settled.count),
    failed: stayed.length + settled.count,
  }
}

/** @returns what stayed of these failures, and how many; undefined where their files do not run again. */
async function runAgain(projects: readonly string[], failures: readonly Failure[]) {
  const files = [...new Set(failures.map(({ file }) => file))]
  if (files.length === 0 || files.length > FILES_AGAIN) return undefined
  console.log(`\n— once more: ${files.join(', ')}`)
  const { report, good } = await runVitest(projects, files)
  const settled = settle(failures, failuresOf(report))
  // It may fail without a test that does, as by an error that nobody caught.
  return { ...settled, count: good ? 0 : Math.max(1, settled.failed.length) }
}

/** What waits for much has room for the checks beside it; what they say comes after it, in one piece. */
async function checksBeside(run: () => Promise<Count>): Promise<Count[]> {
  const checks = runSilently('scripts/check.ts')
  return [
    await run(),
    await part('checks', async () => {
      const { code, said } = await checks
      console.log(said)
      return one(code === 0)
    }),
  ]
}

/** A part that fails does not keep the others from running. */
async function runAll(): Promise<Count> {
  const counts = [
    await part('builds', async () => {
      await buildStale()
      return { passed: 0, failed: 0 }
    }),
    await part('unit tests', () => runProjects('unit')),
    ...(await checksBeside(() =>
      part('the server, on every kind of database, and killed', () => runProjects('server', 'postgres', 'kills')),
    )),
    await part('attacks and crowds', () => runProjects('soak')),
    await part('real browsers, with pictures and sound', () => runProjects('browser', 'pictures')),
  ]
  return counts.reduce((sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }))
}

async function main(): Promise<Count> {
  try {
    console.log('— browsers')
    await provideBrowsers()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return one(false)
  }
  return runAll()
}

const count = await main()
process.exitCode = count.failed === 0 ? 0 : 1
tellFailures('unsteady: failed once, and passed when their file ran again', unsteady)
tellFailures('failed', failed)
console.log(`\n${count.passed} passed, ${count.failed} failed`)
