import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { GroupId } from '../../../protocol/ids.ts'
import { root } from '../../../scripts/tools.ts'
import { readConfig } from '../../../signalling/config.ts'
import { withRows } from '../../../signalling/log/emptied.ts'
import type { Verdict } from '../../../signalling/log/verify.ts'
import { openLog } from '../../../signalling/log.ts'
import { writeLog } from '../../../signalling/store/log.ts'
import { openStore } from '../../../signalling/store/open.ts'
import { emptyRows, readEmptied } from '../../../signalling/store/retention.ts'
import type { Schema } from '../../../signalling/store/schema.ts'
import { environmentOf, execute, makeDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/server.ts'
import { verdictOf } from '../support/verdict.ts'

const BY = { kind: 'stranger' } as const

type TestLog = {
  dataDir: string
  /** With its database, as a server has it. */
  with(work: (db: Kysely<Schema>) => Promise<void>): Promise<Verdict>
  change(sql: string): Promise<Verdict>
  verify(): Promise<Verdict>
}

/** A log of so many rows, written at once by as many callers. */
async function logOf(rows: number): Promise<TestLog> {
  const dataDir = await temporaryFolder()
  await makeDatabase(dataDir)
  const { databaseUrl } = readConfig(environmentOf(dataDir))
  const open = () => openStore({ dataDir, databaseUrl }, openLog({ logLevel: 'silent' }), () => undefined)
  const store = await open()
  await Promise.all(
    Array.from({ length: rows }, (_, at) =>
      writeLog(store.db, {
        at: 1_000 + at,
        by: BY,
        from: '203.0.113.7',
        event: { what: 'invited', address: `${at}@example.org`, admin: false, twoStep: false },
      }),
    ),
  )
  await store.close()
  const verify = () => verdictOf({ dataDir, databaseUrl })
  return {
    dataDir,
    verify,
    async with(work) {
      const again = await open()
      try {
        await again.db.transaction().execute(work)
      } finally {
        await again.close()
      }
      return await verify()
    },
    async change(sql) {
      await execute(dataDir, sql)
      return await verify()
    },
  }
}

test('L6 200 who append at once make one chain', async () => {
  expect(await (await logOf(200)).verify()).toMatchObject({ kind: 'sound', rows: 200, emptied: 0 })
})

test.each([
  [
    'an edited row',
    "update activity set payload = replace(payload, '@example', '@exemple') where seq = 5",
    5,
    'altered',
  ],
  [
    'an edited row with a hash that fits it',
    `update activity set payload_hash = '${'a'.repeat(64)}' where seq = 5`,
    5,
    'altered',
  ],
  ['what a row is found by', 'update activity set at = 1 where seq = 5', 5, 'copies'],
  ['who is found by', "update activity set words = 'nobody' where seq = 5", 5, 'copies'],
  ['a deleted row', 'delete from activity where seq = 5', 5, 'missing'],
  ['the first rows', 'delete from activity where seq < 4', 1, 'missing'],
  [
    'two rows in each other’s place',
    'update activity set seq = -1 where seq = 4; update activity set seq = 4 where seq = 5; update activity set seq = 5 where seq = -1',
    4,
    'unlinked',
  ],
  [
    'a deleted row over which the others were moved up',
    'delete from activity where seq = 5; update activity set seq = seq - 1 where seq > 5',
    5,
    'unlinked',
  ],
])('L6 %s is found', async (_, sql, seq, fault) => {
  const log = await logOf(9)
  expect(await log.change(sql)).toEqual({ kind: 'broken', seq, fault })
})

test('L6 the newest rows are missed where they were deleted', async () => {
  const log = await logOf(9)
  expect(await log.change('delete from activity where seq > 7')).toEqual({ kind: 'cut-off', last: 7, recorded: 9 })
})

const EMPTY = `update activity set payload = null, at = null, list = null, what = null, by_whom = null, whom = null,
  group_id = null, ticket = null, session = null, once = null, words = null,
    sort_who = null, sort_group = null, sort_kind = null, sort_duration = null, sort_end = null, sort_rating = null where seq < 4`

test('L6 L7 rows that were emptied by hand are named, as no row says that they were', async () => {
  const log = await logOf(9)
  expect(await log.change(EMPTY)).toEqual({ kind: 'broken', seq: 1, fault: 'emptied' })
})

const SERVER = { kind: 'server' } as const

test('L6 L7 rows that the server emptied keep the chain, and are told from altered ones', async () => {
  const log = await logOf(9)
  const emptied = await log.with(async (db) => {
    await emptyRows(db, [1, 2, 3])
    await writeLog(db, { at: 2_000, by: SERVER, event: { what: 'log-emptied', rows: 3, all: [[1, 3]] } })
  })
  expect(emptied).toMatchObject({ kind: 'sound', rows: 10, emptied: 3 })
  expect(await log.change(EMPTY.replace('seq < 4', 'seq = 5'))).toEqual({ kind: 'broken', seq: 5, fault: 'emptied' })
  expect(await log.change(`update activity set payload_hash = '${'b'.repeat(64)}' where seq = 2`)).toMatchObject({
    seq: 2,
  })
})

test('L6 L7 where an older server did not say which rows it emptied, those that are empty are taken as they are', async () => {
  const log = await logOf(9)
  const old = await log.with(async (db) => {
    await emptyRows(db, [1, 2, 5])
    await writeLog(db, { at: 2_000, by: SERVER, event: { what: 'log-emptied', rows: 3 } })
    const known = await readEmptied(db)
    expect(known).toEqual([
      [1, 2],
      [5, 5],
    ])
    await emptyRows(db, [3])
    const all = withRows(known, [3]).map(([first, last]): [number, number] => [first, last])
    await writeLog(db, { at: 2_000, by: SERVER, event: { what: 'log-emptied', rows: 1, all } })
  })
  expect(old).toMatchObject({ kind: 'sound', emptied: 4 })
  expect(await log.change(EMPTY.replace('seq < 4', 'seq = 4'))).toEqual({ kind: 'broken', seq: 4, fault: 'emptied' })
})

test('L6 half a character, or none that is seen, in a name is found as it was written', async () => {
  const log = await logOf(1)
  const verdict = await log.with(async (db) => {
    const group = { id: v.parse(GroupId, 'g'.repeat(22)), name: `Half \uD83D of \0 one ${'x'.repeat(80)}` }
    await writeLog(db, { at: 2_000, by: SERVER, group, event: { what: 'group-deleted' } })
  })
  expect(verdict).toMatchObject({ kind: 'sound', rows: 2 })
})

test('L6 npm run log:verify names the first altered row, and takes a head that was kept elsewhere', {
  timeout: 90_000,
}, async () => {
  const log = await logOf(9)
  const verdict = await log.verify()
  const head = verdict.kind === 'sound' ? `${verdict.head.seq}.${verdict.head.hash}` : ''
  const verify = (...args: string[]) => verifier(log.dataDir, args)
  expect(await verify()).toEqual({ code: 0, said: `The log is as it was written: 9 rows, head ${head}\n` })
  expect((await verify('--head', head)).code).toBe(0)
  expect(await verify('--head', `9.${'0'.repeat(64)}`)).toMatchObject({
    code: 1,
    said: expect.stringContaining('written anew'),
  })
  expect((await verify('--head', 'nonsense')).code).toBe(2)
  await log.change("update activity set payload = replace(payload, '@example', '@exemple') where seq = 5")
  expect(await verify()).toMatchObject({ code: 1, said: expect.stringMatching(/^Row 5 was altered/) })
})

function verifier(dataDir: string, args: string[]): Promise<{ code: number; said: string }> {
  const script = join(root, 'scripts/log-verify.ts')
  const env = { ...process.env, ...environmentOf(dataDir), DATA_DIR: dataDir }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout || stderr }),
    )
  })
}
