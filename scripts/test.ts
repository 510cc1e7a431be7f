import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildStale } from './build.ts'
import { check } from './check.ts'
import { provideBrowsers } from './install-browsers.ts'
import { type Failure, failuresOf, type Report, settle, tellFailures } from './test-report.ts'
import { runTool } from './tools.ts'

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

async function runVitest(project: string, files: readonly string[] = []): Promise<{ report: Report; good: boolean }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  try {
    const file = path.join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await runTool('vitest', ['run', `--project=${project}`, '--allowOnly=false', ...reporters, ...files])
    return { report: JSON.parse(await readFile(file, 'utf8')), good: code === 0 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runProject(project: string): Promise<Count> {
  const { report, good } = await runVitest(project)
  const failures = failuresOf(report)
  failed.push(...failures)
  return { passed: report.numPassedTests, failed: good ? 0 : Math.max(1, failures.length) }
}

/** More files than these do not fail by chance. */
const FILES_AGAIN = 3

/**
 * As `runProject`, for tests in which real browsers and networks race on a machine that others use, too: the few files that failed run
 * once more, alone. What fails twice has failed; what does not is told as unsteady, to be mended.
 */
async function runRacing(project: string): Promise<Count> {
  const first = await runVitest(project)
  const failures = failuresOf(first.report)
  const files = [...new Set(failures.map(({ file }) => file))]
  if (first.good || files.length === 0 || files.length > FILES_AGAIN) {
    failed.push(...failures)
    return { passed: first.report.numPassedTests, failed: first.good ? 0 : Math.max(1, failures.length) }
  }
  console.log(`\n— once more: ${files.join(', ')}`)
  const again = await runVitest(project, files)
  const settled = settle(failures, failuresOf(again.report))
  failed.push(...settled.failed)
  unsteady.push(...settled.unsteady)
  // It may fail without a test that does, as by an error that nobody caught.
  const stayed = again.good ? 0 : Math.max(1, settled.failed.length)
  return { passed: first.report.numPassedTests + Math.max(0, failures.length - stayed), failed: stayed }
}

/** A part that fails does not keep the others from running. */
async function runAll(): Promise<Count> {
  const counts = [
    await part('checks', async () => one((await check()).length === 0)),
    await part('builds', async () => {
      await buildStale()
      return { passed: 0, failed: 0 }
    }),
    await part('unit tests', () => runProject('unit')),
    await part('every kind of database', () => runProject('postgres')),
    await part('what is killed', () => runRacing('kills')),
    await part('attacks and crowds', () => runRacing('soak')),
    await part('real-browser tests', () => runRacing('browser')),
    await part('pictures and sound in real browsers', () => runRacing('pictures')),
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
