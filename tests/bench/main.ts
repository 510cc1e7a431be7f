import { csv500 } from './accounts/csv-500.ts'
import { signIn } from './accounts/sign-in.ts'
import { annotation } from './board/annotation.ts'
import { board5000 } from './board/board-5000.ts'
import { customerPage } from './customer-page.ts'
import { fileMemory } from './files/file-memory.ts'
import { fileOnNarrowLine } from './files/file-on-narrow-line.ts'
import { fileUnderScreen } from './files/file-under-screen.ts'
import { filesThroughput } from './files/files-throughput.ts'
import { firstFrame } from './frames/first-frame.ts'
import { frameLatency } from './frames/frame-latency.ts'
import { type Family, progress } from './harness.ts'
import { activityLog } from './log/log.ts'
import { recordingCpu } from './media/recording-cpu.ts'
import { snapshot } from './media/snapshot.ts'
import { zip200 } from './media/zip-200.ts'
import { queue } from './queue/queue.ts'
import { redial } from './redial.ts'
import { reports } from './reports/reports.ts'
import { compaction } from './rooms/compaction.ts'
import { updates } from './rooms/updates.ts'
import { signalling } from './signalling/signalling.ts'

const families: Family[] = [
  firstFrame,
  frameLatency(1280, 720),
  frameLatency(1920, 1080, 1),
  signalling,
  signIn,
  csv500,
  queue(10_000, '10k', { opens: 7, filter: true }),
  queue(100_000, '100k', { opens: 3, filter: false }),
  updates,
  compaction,
  redial,
  customerPage,
  annotation,
  board5000,
  snapshot,
  recordingCpu,
  filesThroughput,
  fileMemory,
  fileUnderScreen,
  fileOnNarrowLine,
  activityLog,
  reports,
  zip200,
]
const names = families.flatMap((family) => family.names)

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  progress(`No figure is called ${unknown.join(', ')}. There are: ${names.join(', ')}`)
  process.exit(2)
}

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())

for (const family of families) {
  if (asked.length > 0 && !family.names.some((name) => asked.includes(name))) continue
  for (const figure of await family.measure(interrupted.signal)) {
    if (asked.length === 0 || asked.includes(figure.name)) process.stdout.write(`${JSON.stringify(figure)}\n`)
  }
}
