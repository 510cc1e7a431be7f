import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { Lookup } from '../../protocol/ids.ts'
import { toHtml } from '../../signalling/mail/html.ts'
import { compose, type Letter } from '../../signalling/mail/letter.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { addGroup, askOutbox, askPeople, eventually, invite, invitee, redeem, tokenIn } from './support/people.ts'
import { startMain } from './support/process.ts'
import { serveReady, setUp, temporaryFolder } from './support/server.ts'

async function mailServer(options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const mail = await startMailServer(options)
  onTestFinished(mail.close)
  return mail
}

/** Invitations by their address, once none is on its way any more. */
async function settled(server: Parameters<typeof askPeople>[0]): Promise<Record<string, string>> {
  const { invitations } = await eventually(
    () => askPeople(server),
    (people) => people.invitations.every(({ delivery }) => delivery !== 'queued'),
  )
  return Object.fromEntries(invitations.map(({ email, delivery }) => [email, delivery]))
}

test('an invitation goes out by SMTP, in text and HTML, and its link works', async () => {
  const mail = await mailServer({ user: { name: 'desk@example.org', password: 'p:a/ss@word é' } })
  const server = await serveReady({ environment: mail.environment })
  expect((await server.ask('/api/instance')).body).toMatchObject({ mail: 'smtp' })
  const group = await addGroup(server, 'One')
  const row = invitee('grace@example.org', { groups: [group.id], twoStep: true })
  expect(await invite(server, [row])).toEqual(['invited'])
  const { subject, text, html, headers } = await mail.next('grace@example.org')
  expect(subject).toBe('Ada invites you to the support team of Example')
  expect(headers.get('from')).toBe('Example Help <help@example.org>')
  expect(headers.get('to')).toBe('grace@example.org')
  expect(headers.get('auto-submitted')).toBe('auto-generated')
  expect(headers.get('content-type')).toMatch(/^multipart\/alternative/)
  const token = tokenIn(text)
  for (const body of [text, html]) {
    expect(body).toContain('Ada invites you to join the support team of Example on Deskside.')
    expect(body).toContain('with nothing to install')
    expect(body).toMatch(/until \d{1,2} \w+ \d{4}.*UTC/)
    expect(body).toContain(`/invitation#${token}`)
  }
  expect(html).not.toMatch(/<img|<script|<link|src=|url\(/i)
  expect(html.match(/https?:\/\/[^/"<]+/g)?.every((origin) => origin.startsWith('http://localhost:'))).toBe(true)
  expect(await settled(server)).toEqual({ 'grace@example.org': 'sent' })
  expect(await askOutbox(server)).toEqual([])
  // The link proved the address: no second step at the door, but at the next sign-in.
  const { status, body } = await redeem(server, token)
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'signed-in', me: { twoStep: { required: true } } })
})

test('in French it is French, and names stay as they are', async () => {
  const mail = await mailServer()
  const server = await serveReady({ environment: mail.environment })
  await server.sql(`update "user" set name = 'Zoë <b>&"名' where id = '${server.me.id}'`)
  await invite(server, [invitee('grace@example.org')], 'fr')
  const { subject, text, html } = await mail.next('grace@example.org')
  expect(subject).toBe('Zoë <b>&"名 vous invite dans l’équipe d’assistance de Example')
  expect(text).toContain('Zoë <b>&"名 vous invite à rejoindre')
  expect(text).toMatch(/jusqu’au \d{1,2} \S+ \d{4}/)
  expect(html).toContain('Zoë &lt;b&gt;&amp;&quot;名 vous invite')
  expect(html).not.toContain('<b>')
})

test('500 go out over at most five connections, and each is shown as sent', async () => {
  const mail = await mailServer()
  const server = await serveReady({ environment: mail.environment })
  const rows = Array.from({ length: 500 }, (_, i) => invitee(`t${i}@example.org`))
  expect(new Set(await invite(server, rows))).toEqual(new Set(['invited']))
  await mail.received(500)
  expect(new Set(mail.mails.map(({ to }) => to)).size).toBe(500)
  expect(new Set(mail.mails.map(({ text }) => tokenIn(text))).size).toBe(500)
  expect(mail.mostConnections()).toBeLessThanOrEqual(5)
  expect(new Set(Object.values(await settled(server)))).toEqual(new Set(['sent']))
}, 60_000)

test('what is refused for now is tried again, what is refused for good is not, and an admin can send it again', async () => {
  const tries = new Map<string, number>()
  const answers: Record<string, (number | undefined)[]> = {
    'busy@example.org': [451, 451, undefined],
    'stubborn@example.org': [451, 451, 451, undefined],
    'unknown@example.org': [550, undefined],
  }
  const mail = await mailServer({
    refuse(to) {
      const count = tries.get(to) ?? 0
      tries.set(to, count + 1)
      return answers[to]?.[count]
    },
  })
  const server = await serveReady({ environment: mail.environment, limits: { mailRetryMs: 5 } })
  await invite(
    server,
    Object.keys(answers).map((email) => invitee(email)),
  )
  expect(await settled(server)).toEqual({
    'busy@example.org': 'sent',
    'stubborn@example.org': 'failed',
    'unknown@example.org': 'failed',
  })
  expect(Object.fromEntries(tries)).toEqual({
    'busy@example.org': 3,
    'stubborn@example.org': 3,
    'unknown@example.org': 1,
  })
  const { invitations } = await askPeople(server)
  for (const { id, delivery } of invitations) {
    if (delivery === 'failed') await server.ask(`/api/invitations/${id}/resend`, {}, server.token)
  }
  expect(new Set(Object.values(await settled(server)))).toEqual(new Set(['sent']))
})

test('revoked before it was its turn, it is not sent', async () => {
  const gate = Promise.withResolvers<void>()
  const mail = await mailServer({ hold: gate.promise })
  const server = await serveReady({ environment: mail.environment })
  await invite(
    server,
    Array.from({ length: 20 }, (_, i) => invitee(`t${i}@example.org`)),
  )
  const last = (await askPeople(server)).invitations.find(({ email }) => email === 't19@example.org')
  expect(last?.delivery).toBe('queued')
  await server.ask(`/api/invitations/${last?.id}/revoke`, {}, server.token)
  gate.resolve()
  await mail.received(19)
  expect(new Set(Object.values(await settled(server)))).toEqual(new Set(['sent']))
  expect(mail.mails.map(({ to }) => to)).not.toContain('t19@example.org')
})

test('killed with mails on their way, it says after the restart that they failed', async () => {
  const mail = await mailServer({ hold: new Promise(() => undefined) })
  const environment = { DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'debug', ...mail.environment }
  const first = await startMain(environment)
  const { token } = await setUp(first)
  await invite({ ...first, token }, [invitee('grace@example.org')])
  expect((await askPeople({ ...first, token })).invitations[0]?.delivery).toBe('queued')
  first.child.kill('SIGKILL')
  await first.exited
  const second = await startMain(environment)
  expect((await askPeople({ ...second, token })).invitations[0]?.delivery).toBe('failed')
  expect(first.err() + second.err()).not.toContain('grace@example.org')
})

test('a mail server that is not there: failed, and the log has neither address nor link', async () => {
  const gone = await startMailServer()
  await gone.close()
  const environment = { DATA_DIR: await temporaryFolder(), ...gone.environment }
  const server = await startMain(environment)
  const { token } = await setUp(server)
  await invite({ ...server, token }, [invitee('grace@example.org')])
  await eventually(
    async () => server.err(),
    (text) => text.includes('a mail could not be sent'),
  )
  expect(server.err()).toContain('ESOCKET')
  expect(server.err()).not.toMatch(/grace|127\.0\.0\.1:\d|invitation#/)
})

const LOOKUP = v.parse(Lookup, '12345')
const common = { to: 'a@example.org', organisation: 'Example' }
const letters: Letter[] = (['en', 'fr'] as const).flatMap((language): Letter[] => [
  { kind: 'invitation', ...common, language, inviter: 'Ada', link: 'https://example.org/i#t', expiresAt: 0 },
  { kind: 'code', ...common, language, code: '123456' },
  { kind: 'reset', ...common, language, link: 'https://example.org/r#t' },
  { kind: 'not-asked', ...common, language, lookup: LOOKUP, group: 'Support', technician: 'Ada', at: 0 },
  { kind: 'not-asked', ...common, language, lookup: LOOKUP, group: 'Support', technician: null, at: 0 },
])

test.each(letters)('the mail $kind in $language has every blank filled, and what it is for', (letter) => {
  const composed = compose(letter)
  const html = toHtml(letter.language, composed)
  expect(JSON.stringify(composed)).not.toMatch(/[{}]\w+\}/)
  expect(composed.subject).toContain('Example')
  expect(html).toContain(`<html lang="${letter.language}">`)
  const about = letter.kind === 'code' ? '123456' : letter.kind === 'not-asked' ? '12345' : letter.link
  expect(html).toContain(about)
})
