import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildStale } from './build.ts'
import { check } from './check.ts'
import { provideBrowsers } from './install-browsers.ts'
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

/** What of the JSON reporter's file is read here. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** A file that could not even be loaded has no tests to count, and counts as one that failed. */
function countFailed(report: Report): number {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
  )
  return report.numFailedTests + unloaded.length
}

async function runProject(project: string): Promise<Count> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  try {
    const file = path.join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await runTool('vitest', ['run', `--project=${project}`, '--allowOnly=false', ...reporters])
    const report: Report = JSON.parse(await readFile(file, 'utf8'))
    return { passed: report.numPassedTests, failed: code === 0 ? 0 : Math.max(1, countFailed(report)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
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
    await part('attacks, kills and crowds', () => runProject('soak')),
    await part('real-browser tests', () => runProject('browser')),
    await part('pictures and sound in real browsers', () => runProject('pictures')),
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

const { passed, failed } = await main()
process.exitCode = failed === 0 ? 0 : 1
console.log(`\n${passed} passed, ${failed} failed`)
