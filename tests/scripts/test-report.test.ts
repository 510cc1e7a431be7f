import path from 'node:path'
import { expect, test } from 'vitest'
import { type Failure, failuresOf, type Report, settle } from '../../scripts/test-report.ts'
import { root } from '../../scripts/tools.ts'

const failure = (name: string, file = 'tests/a.test.ts'): Failure => ({ file, name, why: 'Error: no' })

test('a failure is told with its file, its name and the beginning of why', () => {
  const report: Report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: path.join(root, 'tests/a.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'is well' },
          { status: 'failed', fullName: 'is not', failureMessages: ['Error: no\n'.repeat(99)] },
        ],
      },
    ],
  }
  const [only, ...rest] = failuresOf(report)
  expect(rest).toEqual([])
  expect(only).toMatchObject({ file: 'tests/a.test.ts', name: 'is not' })
  expect(only?.why.split('\n')).toHaveLength(12)
})

test('a file that could not be loaded has failed under its own name', () => {
  const testResults = [
    { name: path.join(root, 'tests/b.test.ts'), status: 'failed', message: 'SyntaxError', assertionResults: [] },
  ]
  expect(failuresOf({ numPassedTests: 0, numFailedTests: 0, testResults })).toEqual([
    { file: 'tests/b.test.ts', name: 'tests/b.test.ts', why: 'SyntaxError' },
  ])
})

test('what fails twice has failed; what does not is unsteady; what fails only then has failed, too', () => {
  const settled = settle([failure('one'), failure('two')], [failure('two'), failure('three')])
  expect(settled.unsteady.map(({ name }) => name)).toEqual(['one'])
  expect(settled.failed.map(({ name }) => name)).toEqual(['two', 'three'])
})

test('nothing is unsteady in a file that cannot be loaded the second time', () => {
  const file = 'tests/a.test.ts'
  expect(settle([failure('one')], [failure(file)]).unsteady).toEqual([])
})
