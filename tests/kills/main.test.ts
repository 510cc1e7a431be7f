import { once } from 'node:events'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join as joinPath } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { greet } from '../signalling/support/client.ts'
import { spawnMain, startMain } from '../signalling/support/process.ts'
import {
  change,
  createTicket,
  EMAIL,
  firstGroup,
  join,
  SIGN_IN_KEY,
  setUp,
  setupBody,
  temporaryFolder,
} from '../signalling/support/server.ts'

/** Starts what cannot start: exit code 2 and one sentence. */
async function sentenceOf(environment: Record<string, string>): Promise<string> {
  const { exited, err, out } = spawnMain(environment)
  expect(await exited).toBe(2)
  expect(out()).toBe('')
  expect(err().trimEnd()).not.toContain('\n')
  return err()
}

test('a wrong value is named', async () => {
  expect(await sentenceOf({ PORT: 'http' })).toMatch(/^PORT is "http"/)
})

test('a database that is none, a folder that cannot be made and a port that is taken each have their sentence', async () => {
  const folder = await temporaryFolder()
  await writeFile(joinPath(folder, 'deskside.sqlite'), 'these are not the pages of a database'.repeat(100))
  const blocked = joinPath(folder, 'deskside.sqlite', 'data')
  const holder = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void holder.close())
  await new Promise((resolve) => holder.once('listening', resolve))
  const address = holder.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const [noDatabase, noFolder, noPort] = await Promise.all([
    sentenceOf({ DATA_DIR: folder }),
    sentenceOf({ DATA_DIR: blocked }),
    sentenceOf({ DATA_DIR: joinPath(folder, 'fresh'), PORT: port }),
  ])
  expect(noDatabase).toMatch(/deskside\.sqlite cannot be opened: file is not a database\.$/m)
  expect(noFolder).toMatch(/^DATA_DIR is ".*", and that folder cannot be made: a file is in its way\.$/m)
  expect(noPort).toBe(`PORT is ${port}, and another program has it: stop that one, or give another PORT.\n`)
})

test('a second server on the same folder does not start, and the first goes on; killed, it is in nobody’s way', async () => {
  const folder = await temporaryFolder()
  const first = await startMain({ DATA_DIR: folder })
  expect(await sentenceOf({ DATA_DIR: folder })).toMatch(/^DATA_DIR is ".*", and another Deskside server uses it/)
  expect((await first.ask('/healthz')).status).toBe(200)
  first.child.kill('SIGKILL')
  await first.exited
  const second = await startMain({ DATA_DIR: folder })
  expect((await second.ask('/healthz')).status).toBe(200)
})

test('killed without warning, it comes back with accounts, tickets, tokens and used keys as they were', async () => {
  const environment = { DATA_DIR: joinPath(await temporaryFolder(), 'made/by/the/server') }
  const first = await startMain(environment)
  const { token, me } = await setUp(first)
  const ask = { key: 'k'.repeat(22), group: await firstGroup(first, token), assignee: me.id }
  const { body } = await first.ask('/api/tickets', ask, token)
  const ticket = await createTicket(first, token)
  const dead = await createTicket(first, token)
  await change(first, token, dead, { kind: 'expire', why: 'withdrawn' })
  const joined = await join(first, ticket.lookup)
  first.child.kill('SIGKILL')
  expect(await first.exited).toBe('SIGKILL')

  const second = await startMain(environment)
  expect(second.setupToken).toBeUndefined()
  expect((await second.ask('/api/setup', setupBody(first.setupToken))).body).toEqual({ code: 'setup-over' })
  expect((await second.ask('/api/me', undefined, token)).body).toEqual(me)
  expect((await second.ask('/api/tickets', ask, token)).body).toEqual(body)
  expect((await second.ask('/api/join', { lookup: dead.lookup })).body).toMatchObject({ code: 'dead-code' })
  const customer = await greet(second, 'customer', joined.token)
  const technician = await greet(second, 'technician', token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  expect((await customer.next('attended')).technician).toBe(me.name)
  expect((await stat(environment.DATA_DIR)).mode & 0o777).toBe(0o700)
  expect((await stat(joinPath(environment.DATA_DIR, 'deskside.sqlite'))).mode & 0o777).toBe(0o600)
  expect((await stat(joinPath(environment.DATA_DIR, 'auth-secret'))).mode & 0o777).toBe(0o600)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'on %s it tells its sockets, writes everything down and ends',
  async (signal) => {
    const environment = { DATA_DIR: await temporaryFolder() }
    const server = await startMain(environment)
    const { token } = await setUp(server)
    const technician = await greet(server, 'technician', token)
    server.child.kill(signal)
    expect(await technician.closed).toBe(1001)
    expect(await server.exited).toBe(0)
    await expect(stat(joinPath(environment.DATA_DIR, 'deskside.sqlite-wal'))).rejects.toThrow('ENOENT')
  },
)

test('a mail server that says nothing does not hold up the end', async () => {
  const silent = createServer((connection) => connection.on('error', () => undefined)).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const mail = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'help@example.org' }
  const server = await startMain({ DATA_DIR: await temporaryFolder(), ...mail })
  const { token } = await setUp(server)
  const asked = server.ask('/api/me/two-step/send-code', {}, token).catch(() => undefined)
  await once(silent, 'connection')
  const start = performance.now()
  server.child.kill('SIGTERM')
  expect(await server.exited).toBe(0)
  // Ten seconds are what a mail server has to greet.
  expect(performance.now() - start).toBeLessThan(6_000)
  await asked
})

test('the log has no code, token, address or name in it, whatever happens', async () => {
  const folder = await temporaryFolder()
  await mkdir(joinPath(folder, 'pages'))
  const server = await startMain({ DATA_DIR: folder, PAGES_DIR: joinPath(folder, 'pages'), LOG_LEVEL: 'trace' })
  const { token } = await setUp(server)
  const ticket = await createTicket(server, token)
  const { token: joinToken } = await join(server, ticket.lookup)
  await server.ask(`/${ticket.lookup}`)
  await server.ask('/api/sign-in', { email: EMAIL, signInKey: 'w'.repeat(43) })
  await server.ask('/api/sign-in', { email: EMAIL, signInKey: SIGN_IN_KEY })
  await server.ask(`/api/join?code=${ticket.lookup}`, { lookup: ticket.lookup, secret: '67890' })
  const customer = await greet(server, 'customer', joinToken)
  customer.send({ type: 'relay', ticket: ticket.id, data: 'the words of people' })
  await customer.next('refused')
  server.child.kill('SIGTERM')
  await server.exited
  expect(server.err()).toContain('"route":"/:lookup{[0-9]{5}}"')
  for (const line of server.err().trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  const secrets = [
    token,
    joinToken,
    server.setupToken ?? '?',
    ticket.lookup,
    '67890',
    EMAIL,
    'Ada',
    SIGN_IN_KEY,
    'words',
  ]
  for (const secret of secrets) expect(server.err()).not.toContain(secret)
})
