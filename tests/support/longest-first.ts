import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from '../../scripts/tools.ts'
import { weave } from './weave.ts'

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

/** Long ones wait, the others compute: begun together, the long ones would leave the machine idle, and the others would crowd it afterwards. */
const BETWEEN = 3

/** The long ones early, with others between them, each in its group of projects; the others as vitest would. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const long = sorted.filter(isLong).sort((one, other) => placeOf(one) - placeOf(other))
    const others = sorted.filter((file) => !isLong(file))
    return weave(long, others, BETWEEN).sort((one, other) => groupOf(one) - groupOf(other))
  }
}

const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder

const placeOf = ({ moduleId }: TestSpecification) =>
  LONG.indexOf(path.relative(root, moduleId).replaceAll(path.sep, '/'))

const isLong = (file: TestSpecification) => placeOf(file) !== -1
