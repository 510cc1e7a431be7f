import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../scripts/tools.ts'
import { openLog } from '../../signalling/log.ts'
import { writeLog } from '../../signalling/store/log.ts'
import { openStore } from '../../signalling/store/open.ts'
import { setRetention } from '../../signalling/store/retention.ts'
import { temporaryFolder } from '../signalling/support/server.ts'
import { verdictOf } from '../signalling/support/verdict.ts'

const DAY = 86_400_000
const ROWS = 30_000

/** A server that empties its log without a pause, in a process of its own. */
function startEmptying(dataDir: string): ChildProcess {
  const of = (file: string) => JSON.stringify(pathToFileURL(join(root, file)).href)
  const code = `
    const { readConfig } = await import(${of('signalling/config.ts')})
    const { startServer } = await import(${of('signalling/server.ts')})
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: ${JSON.stringify(dataDir)} })
    await startServer({ ...config, limits: { ...config.limits, retentionMs: 1 } })
    console.log('up')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test('L6 L7 killed while it empties its log, again and again: the chain holds, and each row is whole or empty', async () => {
  const dataDir = await temporaryFolder()
  const where = { dataDir, databaseUrl: undefined }
  const store = await openStore(where, openLog({ logLevel: 'silent' }), () => undefined)
  const at = Date.now() - 3 * DAY
  const event = { what: 'invited', address: 'grace@example.org', admin: false, twoStep: false } as const
  const entry = { at, by: { kind: 'server' }, event } as const
  await writeLog(store.db, ...Array.from({ length: ROWS }, () => entry))
  await setRetention(store.db, { ticketDays: null, mediaDays: null, logDays: 1 })
  await store.close()
  const seen: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const child = startEmptying(dataDir)
    if (child.stdout) await once(child.stdout, 'data')
    await sleep(20 + 30 * round)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const verdict = await verdictOf(where)
    expect(verdict).toMatchObject({ kind: 'sound' })
    if (verdict.kind === 'sound') seen.push(verdict.emptied)
  }
  const steps = new Set(seen)
  expect(steps.size, `killed in the midst: ${seen}`).toBeGreaterThan(2)
  expect(seen).toEqual(seen.toSorted((one, other) => one - other))
}, 90_000)
