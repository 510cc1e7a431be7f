import * as v from 'valibot'
import { expect, test } from 'vitest'
import { WebLogReply } from '../../protocol/log.ts'
import type { Letter } from '../../signalling/mail/letter.ts'
import { makeOutbox } from '../../signalling/mail/outbox.ts'
import { askOutbox, askPeople, invite, invitee, signUp, tokenIn } from './support/people.ts'
import { startMain } from './support/process.ts'
import { serveReady, setUp, temporaryFolder } from './support/server.ts'

test('without a mail server invitations wait for an admin to pass them on', async () => {
  const server = await serveReady({ environment: { PUBLIC_URL: 'https://help.example.org' } })
  await invite(server, [invitee('grace@example.org'), invitee('linus@example.org')], 'fr')
  const mails = await askOutbox(server)
  expect(mails.map(({ to }) => to)).toEqual(['linus@example.org', 'grace@example.org'])
  expect(mails[0]?.subject).toBe('Ada vous invite dans l’équipe d’assistance de Example')
  expect(mails[0]?.text).toMatch(/^https:\/\/help\.example\.org\/invitation#[\w-]{43}$/m)
  expect((await server.ask(`/api/outbox/${mails[0]?.id}/done`, {}, server.token)).status).toBe(204)
  expect((await askOutbox(server)).map(({ to }) => to)).toEqual(['grace@example.org'])
  const { invitations } = await askPeople(server)
  expect(Object.fromEntries(invitations.map(({ email, delivery }) => [email, delivery]))).toEqual({
    'grace@example.org': 'outbox',
    'linus@example.org': 'sent',
  })
  const gone = await server.ask(`/api/outbox/${mails[0]?.id}/done`, {}, server.token)
  expect(gone).toMatchObject({ status: 404, body: { code: 'not-found', about: 'mail' } })
})

test('only admins see it', async () => {
  const server = await serveReady()
  const { token } = await signUp(server, invitee('grace@example.org'))
  await invite(server, [invitee('linus@example.org')])
  const [mail] = await askOutbox(server)
  expect(await server.ask('/api/outbox', undefined, token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect((await server.ask(`/api/outbox/${mail?.id}/done`, {}, token)).status).toBe(403)
  expect(await askOutbox(server)).toHaveLength(1)
})

test('the console has a line for each mail, without what is in it; a restart loses them, and says so', async () => {
  const environment = { DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'warn' }
  const first = await startMain(environment)
  const { token } = await setUp(first)
  await invite({ ...first, token }, [invitee('grace@example.org'), invitee('linus@example.org')])
  const [mail] = await askOutbox({ ...first, token })
  const lines = first
    .err()
    .split('\n')
    .filter((line) => line.includes('Technicians screen'))
  expect(lines).toHaveLength(2)
  expect(first.err()).not.toContain(tokenIn(mail?.text ?? ''))
  expect(first.err() + first.out()).not.toContain('grace@example.org')
  first.child.kill('SIGKILL')
  await first.exited

  const second = { ...(await startMain(environment)), token }
  expect(await askOutbox(second)).toEqual([])
  const { invitations } = await askPeople(second)
  expect(invitations.map(({ delivery }) => delivery)).toEqual(['failed', 'failed'])
  expect((await second.ask(`/api/invitations/${invitations[0]?.id}/resend`, {}, token)).status).toBe(204)
  expect((await askOutbox(second)).map(({ to }) => to)).toEqual([invitations[0]?.email])
})

test('it is bounded: the oldest make way', () => {
  const outbox = makeOutbox(3)
  const letter: Letter = { kind: 'reset', to: '', language: 'en', organisation: 'Example', link: 'https://example.org' }
  for (const to of ['a', 'b', 'c', 'd', 'e']) outbox.put({ ...letter, to }, 0)
  expect(outbox.list().map(({ to }) => to)).toEqual(['e', 'd', 'c'])
})

test('a void invitation is withdrawn, a link to reset a password to the same address is not', () => {
  const outbox = makeOutbox(10)
  const common = { to: 'a@example.org', language: 'en' as const, organisation: 'Example', link: 'https://example.org' }
  outbox.put({ kind: 'reset', ...common }, 0)
  outbox.put({ kind: 'invitation', ...common, inviter: 'Ada', expiresAt: 0 }, 0)
  outbox.put({ kind: 'invitation', ...common, to: 'b@example.org', inviter: 'Ada', expiresAt: 0 }, 0)
  outbox.withdrawInvitation('a@example.org')
  expect(outbox.list().map(({ to, subject }) => [to, subject.split(' ')[0]])).toEqual([
    ['b@example.org', 'Ada'],
    ['a@example.org', 'Choose'],
  ])
})

test('L1 that an admin saw waiting mails is in the log, once for each of them and without a word of it, and that one was passed on', async () => {
  const server = await serveReady()
  await invite(server, [invitee('grace@example.org')])
  const [mail] = await askOutbox(server)
  await askOutbox(server)
  await invite(server, [invitee('linus@example.org'), invitee('omar@example.org')])
  await askOutbox(server)
  await server.ask(`/api/outbox/${mail?.id}/done`, {}, server.token)
  await askOutbox(server)
  const { body } = await server.ask('/api/log/web?order=ascending', undefined, server.token)
  const events = v.parse(WebLogReply, body).rows.map(({ event }) => event)
  expect(events.filter(({ what }) => what.startsWith('outbox'))).toEqual([
    { what: 'outbox-read', count: 1 },
    { what: 'outbox-read', count: 2 },
    { what: 'outbox-done' },
  ])
})
