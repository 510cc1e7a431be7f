import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { SignedIn } from '../../protocol/account.ts'
import { invitee } from './support/people.ts'
import { addColleague, type Running, SIGN_IN_KEY, serveReady } from './support/server.ts'
import { firstStep, secondStep, signedIn, signIn, turnOnApp } from './support/two-step.ts'
import { vaultOf } from './support/vault.ts'

/** What was begun before somebody's rights ended, and would come through after. */

/** A request whose body is not whole yet: the server has its headers, its token and the first bytes. */
async function begin(server: Pick<Running, 'url'>, path: string, body: unknown, token: string) {
  const whole = JSON.stringify(body)
  const asked = request(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(whole), expect: '100-continue' },
  })
  onTestFinished(() => {
    asked.destroy()
  })
  asked.on('error', () => undefined)
  const answered = once(asked, 'response').then(async ([reply]) => ({
    status: Number(reply.statusCode),
    body: await text(reply),
  }))
  asked.flushHeaders()
  await once(asked, 'continue')
  asked.write(whole.slice(0, 10))
  // The server looks at the token before the body is here: it has answered this one after that.
  await (await fetch(`${server.url}/healthz`)).text()
  return {
    async finish() {
      asked.end(whole.slice(10))
      return await answered
    },
  }
}

test.each([
  ['deactivated', { active: false }, 401],
  ['demoted', { admin: false }, 403],
])('an admin who is %s can not finish what was begun before', async (_, change, status) => {
  const server = await serveReady()
  const other = await addColleague(server, true)
  const accomplice = invitee('accomplice@example.org', { admin: true })
  const invitation = { language: 'en', invitees: [accomplice] }
  const begun = await begin(server, '/api/invitations', invitation, other.token)
  const group = await begin(server, '/api/groups', { name: 'Left behind' }, other.token)
  await server.ask(`/api/technicians/${other.me.id}`, change, server.token)
  expect((await begun.finish()).status).toBe(status)
  expect((await group.finish()).status).toBe(status)
  const { body } = await server.ask('/api/people', undefined, server.token)
  expect(body).toMatchObject({ invitations: [] })
})

test('a sign-in that runs while its password is replaced is over with the others', async () => {
  const server = await serveReady()
  const other = await addColleague(server, false)
  const { email } = other.me
  let present = SIGN_IN_KEY
  for (const letter of ['l', 'm', 'n']) {
    const next = letter.repeat(43)
    const tokens: string[] = []
    const signInAgainAndAgain = async (signInKey: string) => {
      for (;;) {
        const reply = v.safeParse(SignedIn, (await server.ask('/api/sign-in', { email, signInKey })).body)
        if (!reply.success) return
        tokens.push(reply.output.token)
      }
    }
    const thieves = [signInAgainAndAgain(present), signInAgainAndAgain(present)]
    await expect.poll(() => tokens.length).toBeGreaterThan(2)
    const change = { signInKey: present, newSignInKey: next, vault: vaultOf(1) }
    expect((await server.ask('/api/me/password', change, other.token)).status).toBe(204)
    await Promise.all(thieves)
    const seen = await Promise.all(tokens.map((token) => server.ask('/api/me', undefined, token)))
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([401]))
    present = next
  }
  expect((await server.ask('/api/me', undefined, other.token)).status).toBe(200)
})

test('a second step comes too late when the password was replaced after the first; trust in a device stays', async () => {
  const server = await serveReady()
  const other = await addColleague(server, false)
  const { email } = other.me
  const { codes } = await turnOnApp(server, other.token)
  const trusting = { method: 'recovery', code: codes[0] ?? '', trust: true } as const
  const { challenge } = await firstStep(server, email)
  const { device } = signedIn(await secondStep(server, { challenge, ...trusting }))
  const late = {
    challenge: (await firstStep(server, email)).challenge,
    method: 'recovery',
    code: codes[1] ?? '',
  } as const
  const change = { signInKey: SIGN_IN_KEY, newSignInKey: 'n'.repeat(43), vault: vaultOf(1) }
  expect((await server.ask('/api/me/password', change, other.token)).status).toBe(204)
  expect(await secondStep(server, late)).toMatchObject({ status: 410, body: { code: 'code-over' } })
  expect((await signIn(server, email, device, change.newSignInKey)).kind).toBe('signed-in')
})
