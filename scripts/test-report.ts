import path from 'node:path'
import { root } from './tools.ts'

/** What of the JSON reporter's file is read here. */
export type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    /** The file's whole path. */
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

/** `file` is seen from the checkout's root; `name` is the test's, or the file's where not even that could be loaded. */
export type Failure = { file: string; name: string; why: string }

export function failuresOf(report: Report): Failure[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name)
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [{ file, name: file, why: firstLines(message) }] : []
    return failed.map((result) => ({ file, name: result.fullName, why: firstLines(result.failureMessages?.[0]) }))
  })
}

/** Two runs of the same files: what failed in the second has failed; what failed in the first alone is unsteady. */
export function settle(
  first: readonly Failure[],
  second: readonly Failure[],
): { failed: readonly Failure[]; unsteady: readonly Failure[] } {
  const failedAgain = (one: Failure): boolean =>
    second.some(({ file, name }) => file === one.file && (name === one.name || name === file))
  return { failed: second, unsteady: first.filter((one) => !failedAgain(one)) }
}

/** What went wrong and where, without the rest of the stack. */
function firstLines(message = ''): string {
  return message.trim().split('\n').slice(0, 12).join('\n')
}

/** Stands at the end of the run, where whoever sees no more than its last lines still reads what failed. */
export function tellFailures(heading: string, failures: readonly Failure[]): void {
  if (failures.length === 0) return
  console.log(`\n— ${heading}`)
  for (const { file, name, why } of failures) console.log(`\n${file}\n${name}\n${why.replace(/^/gm, '  ')}`)
}
