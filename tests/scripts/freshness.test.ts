import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isStale, stamped, type Traces } from '../../scripts/freshness.ts'

let folder: string
let traces: Traces
const past = new Date(Date.now() - 60_000)
const future = new Date(Date.now() + 60_000)
const build = () => writeFile(traces.output, 'built')

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-freshness-'))
  const inputs = path.join(folder, 'inputs')
  await mkdir(path.join(inputs, 'deep'), { recursive: true })
  await writeFile(path.join(inputs, 'deep/a.ts'), '')
  for (const input of ['deep/a.ts', 'deep', '']) await utimes(path.join(inputs, input), past, past)
  traces = { inputs: [inputs], output: path.join(folder, 'output.js'), stamp: path.join(folder, 'stamps/target.stamp') }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what was never built is stale, what was just built is not', async () => {
  expect(await isStale(traces)).toBe(true)
  await stamped(traces, build)
  expect(await isStale(traces)).toBe(false)
})

test('an input that changed, however deep, makes it stale', async () => {
  await stamped(traces, build)
  await utimes(path.join(folder, 'inputs/deep/a.ts'), future, future)
  expect(await isStale(traces)).toBe(true)
})

test('an input that is gone makes it stale, by its folder’s time', async () => {
  await stamped(traces, build)
  await utimes(path.join(folder, 'inputs/deep'), future, future)
  expect(await isStale(traces)).toBe(true)
})

test('an output that is gone makes it stale', async () => {
  await stamped(traces, build)
  await rm(traces.output)
  expect(await isStale(traces)).toBe(true)
})

test('a build that fails leaves it stale', async () => {
  await stamped(traces, build)
  await expect(stamped(traces, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await isStale(traces)).toBe(true)
})
