import { expect, test } from 'vitest'
import { inPostgres } from '../signalling/support/database.ts'
import { spawnMain, startMain } from '../signalling/support/process.ts'
import { EMAIL, setUp, temporaryFolder } from '../signalling/support/server.ts'
import { emptyPostgres } from './stores.ts'

/** What the server says when it does not start. */
async function sentenceOf(environment: Record<string, string>): Promise<string> {
  const { exited, out, err } = spawnMain({ DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'warn', ...environment })
  expect(await exited).toBe(2)
  expect(out()).toBe('')
  return err()
}

test('G2 what keeps the server from its PostgreSQL is one sentence, and the password is in none', async () => {
  const url = await emptyPostgres()
  const { password, port, pathname } = new URL(url)
  const wrong = 'a-wrong-password'
  const at = `127\\.0\\.0\\.1:${port}`
  const sentences = await Promise.all([
    sentenceOf({ DATABASE_URL: url.replace(password, wrong) }),
    sentenceOf({ DATABASE_URL: url.replace(pathname, '/nowhere') }),
    sentenceOf({ DATABASE_URL: url.replace(`:${port}`, ':1') }),
    sentenceOf({ DATABASE_URL: `mysql://user:${wrong}@127.0.0.1/deskside` }),
  ])
  expect(sentences).toEqual([
    expect.stringMatching(
      new RegExp(
        `^DATABASE_URL: PostgreSQL at ${at} does not take this password of the user "deskside": correct it\\.\n$`,
      ),
    ),
    expect.stringMatching(
      new RegExp(
        `^DATABASE_URL: PostgreSQL at ${at} has no database "nowhere": create it, owned by the user "deskside"\\.\n$`,
      ),
    ),
    'DATABASE_URL: no PostgreSQL answers at 127.0.0.1:1 (ECONNREFUSED): start it, or correct the address.\n',
    expect.stringMatching(/^DATABASE_URL is not valid: give an address such as postgres:.*\n$/),
  ])
  for (const secret of [password, wrong]) expect(sentences.join()).not.toContain(secret)
})

test('G2 a second server on the same database does not start; killed, the first one leaves it to the next, with all that it had', async () => {
  const DATABASE_URL = await emptyPostgres()
  const environment = { DATABASE_URL, DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'silent' }
  const first = await startMain(environment)
  const { token } = await setUp(first)
  expect(await sentenceOf({ DATABASE_URL })).toBe(
    'DATABASE_URL: another Deskside server uses this database: stop that one, or give another database.\n',
  )
  first.child.kill('SIGKILL')
  await first.exited
  const second = await startMain(environment)
  expect(await second.ask('/api/me', undefined, token)).toMatchObject({ status: 200, body: { email: EMAIL } })
  expect(second.setupToken).toBeUndefined()
})

test('G2 an error of the database is logged without the values that it is about', async () => {
  const DATABASE_URL = await emptyPostgres()
  const environment = { DATABASE_URL, DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'warn' }
  const server = await startMain(environment)
  const { token } = await setUp(server)
  await inPostgres(
    new URL(DATABASE_URL).pathname.slice(1),
    `alter table groups add constraint only_one check (name <> 'Workshop')`,
  )
  expect(await server.ask('/api/groups', { name: 'Workshop' }, token)).toMatchObject({
    status: 503,
    body: { code: 'unavailable' },
  })
  expect(server.err()).toContain('a request failed')
  expect(server.err()).toContain('only_one')
  expect(server.err()).not.toContain('Workshop')
})
