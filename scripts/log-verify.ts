import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import type { Head } from '../signalling/log/chain.ts'
import { type Verdict, verifyLog } from '../signalling/log/verify.ts'
import type { Schema } from '../signalling/store/schema.ts'
import { root } from './tools.ts'

/**
 * `npm run log:verify [-- --head NUMBER.HASH]`: reads the activity log of `DATA_DIR` from its beginning, also beside a server that runs.
 * Exit code 0: it is as it was written; 1: it is not; 2: it could not be read.
 */
function verify(file: string, kept: string | undefined): number {
  const expected = kept === undefined ? undefined : readHead(kept)
  if (kept !== undefined && !expected)
    return refuse(`--head is "${kept}": give a number, a dot and 64 hexadecimal digits.`)
  if (!existsSync(file)) return refuse(`There is no database at ${file}: set DATA_DIR.`)
  try {
    const verdict = verifyFile(file, expected)
    console.log(describe(verdict))
    return verdict.kind === 'sound' ? 0 : 1
  } catch (error) {
    return refuse(`The log in ${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function refuse(why: string): number {
  console.error(why)
  return 2
}

const Row = v.object({ seq: v.number(), hash: v.string() })

function verifyFile(file: string, expected: Head | undefined): Verdict {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  try {
    // All of it as it is at one moment, whatever the server writes meanwhile.
    database.exec('begin')
    const recorded = v.parse(Row, database.prepare('select seq, hash from activity_head').get())
    const rows = database.prepare('select * from activity order by seq').iterate()
    // The table's columns are the migrations'.
    return verifyLog(rows as Iterable<Schema['activity']>, recorded, expected)
  } finally {
    database.close()
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
}

const { values } = parseArgs({ options: { head: { type: 'string' } } })
process.chdir(root)
process.exitCode = verify(join(resolve(process.env.DATA_DIR || 'data'), 'deskside.sqlite'), values.head)
