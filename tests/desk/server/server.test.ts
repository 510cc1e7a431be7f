import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkServer, ServerClient } from '../../../desk/server/server.ts'
import { serverTickets } from '../../../desk/server/server-tickets.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import { Token } from '../../../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../../../protocol/limits.ts'
import { header, waiting } from '../queue/samples.ts'

type Answer = { status: number; body: string }
let answer: Answer
let asked: IncomingMessage[]
let server: Server
let origin: string

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const reply = (body: unknown, status = 200) => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) }
}
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'no refusal',
    (cause: unknown) => (cause instanceof RefusedError ? cause.refusal : cause),
  )
const token = v.parse(Token, 'a-token-of-some-length')
const instance = {
  instance: 'AAAAAAAAAAAAAAAAAAAAAA',
  organisation: null,
  ready: false,
  protocol: PROTOCOL_VERSION,
  mail: 'outbox',
}

describe('the client', () => {
  test('sends the token and decodes the reply', async () => {
    reply({ tickets: [{ ticket: header(1), presence: waiting(10), held: 0 }], next: null })
    const client = new ServerClient({ origin, token: () => token })
    expect(await serverTickets(client).list('open', undefined)).toEqual({
      tickets: [{ ticket: header(1), presence: waiting(10), held: 0 }],
      next: null,
    })
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(asked[0]?.headers.cookie).toBeUndefined()
  })

  test('throws what the server refuses', async () => {
    reply({ code: 'too-many', retryAfterMs: 5000 }, 429)
    expect(await refusalOf(new ServerClient({ origin }).ice())).toEqual({ code: 'too-many', retryAfterMs: 5000 })
  })

  test('says that the sign-in is over only of a token that it had', async () => {
    reply({ code: 'unauthenticated' }, 401)
    let over = 0
    const onSignInOver = () => {
      over += 1
    }
    expect(await refusalOf(serverTickets(new ServerClient({ origin, onSignInOver })).list('open', undefined))).toEqual({
      code: 'unauthenticated',
    })
    expect(over).toBe(0)
    await refusalOf(
      serverTickets(new ServerClient({ origin, token: () => token, onSignInOver })).list('open', undefined),
    )
    expect(over).toBe(1)
  })

  test('a reply of another shape is another version, a broken server is not available', async () => {
    reply({ tickets: [{ ticket: { id: 'x' } }] })
    expect(await refusalOf(serverTickets(new ServerClient({ origin })).list('open', undefined))).toEqual({
      code: 'version',
    })
    reply('<h1>Bad gateway</h1>', 502)
    expect(await refusalOf(serverTickets(new ServerClient({ origin })).list('open', undefined))).toEqual({
      code: 'unavailable',
    })
  })

  test('sign-out needs no body in return', async () => {
    reply('', 204)
    await expect(new ServerClient({ origin, token: () => token }).account.signOut()).resolves.toBeUndefined()
    expect(asked[0]?.method).toBe('POST')
  })

  test('an aborted call throws the reason and no refusal', async () => {
    reply({ tickets: [], next: null })
    const reason = new Error('the desk closed')
    expect(
      await refusalOf(serverTickets(new ServerClient({ origin })).list('open', undefined, AbortSignal.abort(reason))),
    ).toBe(reason)
  })
})

describe('what answers at an address', () => {
  test('a Deskside server', async () => {
    reply(instance)
    expect(await checkServer(origin)).toEqual({ kind: 'deskside', instance })
  })

  test('one of another version, whatever else it says', async () => {
    reply({ ...instance, protocol: PROTOCOL_VERSION + 1, colour: 'blue' })
    expect(await checkServer(origin)).toEqual({ kind: 'other-version' })
  })

  test('something else', async () => {
    reply('<!doctype html>')
    expect(await checkServer(origin)).toEqual({ kind: 'not-deskside' })
    reply({ hello: 'world' }, 404)
    expect(await checkServer(origin)).toEqual({ kind: 'not-deskside' })
  })

  test('nothing', async () => {
    await new Promise((resolve) => server.close(resolve))
    expect(await checkServer(origin)).toEqual({ kind: 'unreachable' })
  })
})
