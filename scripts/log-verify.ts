import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../signalling/config.ts'
import type { Head } from '../signalling/log/chain.ts'
import { type Verdict, verifyLog } from '../signalling/log/verify.ts'
import { openLog } from '../signalling/log.ts'
import { StartError } from '../signalling/start-error.ts'
import { readLogHead } from '../signalling/store/log.ts'
import { logBatches } from '../signalling/store/log-batches.ts'
import { readStore } from '../signalling/store/open.ts'
import { fileIn } from '../signalling/store/sqlite.ts'
import { reading } from '../signalling/store/store.ts'
import { root } from './tools.ts'

/**
 * `npm run log:verify [-- --head NUMBER.HASH]`: reads the activity log of the database that `DATABASE_URL` or `DATA_DIR` names from its
 * beginning, also beside a server that runs. Exit code 0: it is as it was written; 1: it is not; 2: it could not be read.
 */
async function verify(kept: string | undefined): Promise<number> {
  const expected = kept === undefined ? undefined : readHead(kept)
  if (kept !== undefined && !expected)
    return refuse(`--head is "${kept}": give a number, a dot and 64 hexadecimal digits.`)
  try {
    const { DATA_DIR, DATABASE_URL } = process.env
    const verdict = await verifyStore(readConfig({ DATA_DIR, DATABASE_URL, LOG_LEVEL: 'silent' }), expected)
    console.log(describe(verdict))
    return verdict.kind === 'sound' ? 0 : 1
  } catch (error) {
    if (error instanceof StartError) return refuse(error.message)
    return refuse(`The log cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function refuse(why: string): number {
  console.error(why)
  return 2
}

async function verifyStore(config: Config, expected: Head | undefined): Promise<Verdict> {
  const file = config.databaseUrl === undefined ? fileIn(config.dataDir) : undefined
  if (file !== undefined && !existsSync(file)) throw new StartError(`There is no database at ${file}: set DATA_DIR.`)
  const db = await readStore(config, openLog(config))
  try {
    // All of it as it is at one moment, whatever the server writes meanwhile.
    return await reading(db).execute(async (trx) => verifyLog(logBatches(trx), await readLogHead(trx), expected))
  } finally {
    await db.destroy()
  }
}

function readHead(text: string): Head | undefined {
  const [, seq, hash] = /^(\d{1,15})\.([0-9a-f]{64})$/i.exec(text) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash: hash.toLowerCase() }
}

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'sound': {
      const { rows, emptied, head } = verdict
      const gone = emptied > 0 ? `, ${emptied} of them emptied` : ''
      return `The log is as it was written: ${rows} rows${gone}, head ${head.seq}.${head.hash}`
    }
    case 'broken':
      return `Row ${verdict.seq} ${FAULTS[verdict.fault]}. All rows before it are as they were written.`
    case 'cut-off':
      return `The log ends at row ${verdict.last}, but row ${verdict.recorded} was written: the newest rows are not as they were written.`
    case 'rewritten':
      return `The rows fit each other, but none is the head ${verdict.expected.seq}.${verdict.expected.hash}: the log was written anew.`
  }
}

const FAULTS = {
  missing: 'is missing',
  altered: 'was altered',
  unlinked: 'does not follow the row before it: one of the two was put in another place',
  copies: 'was altered in what it is found by',
  emptied: 'was emptied by hand',
}

const { values } = parseArgs({ options: { head: { type: 'string' } } })
process.chdir(root)
process.exitCode = await verify(values.head)
