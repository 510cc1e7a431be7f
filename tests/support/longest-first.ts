import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from '../../scripts/tools.ts'

/** Files that take longer than others of their size, mostly since they wait for times of the product: begun last, they would be waited for. */
const LONG = [
  'tests/kills/claims-kill.test.ts',
  'tests/kills/large-queue.test.ts',
  'tests/browser/long-cut.test.ts',
  'tests/browser/files-hard.test.ts',
  'tests/browser/cuts.test.ts',
  'tests/browser/pager.test.ts',
  'tests/browser/two-step.test.ts',
  'tests/browser/network.test.ts',
  'tests/browser/recording-saved.test.ts',
  'tests/browser/recording.test.ts',
  'tests/browser/pending.test.ts',
  'tests/browser/call.test.ts',
  'tests/browser/past-ticket.test.ts',
  'tests/browser/silence.test.ts',
]

/** The long ones first, each in its group of projects; then as vitest would. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => groupOf(one) - groupOf(other) || placeOf(one) - placeOf(other))
  }
}

const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.indexOf(path.relative(root, moduleId).replaceAll(path.sep, '/'))
  return place === -1 ? LONG.length : place
}
