import { once } from 'node:events'
import { connect as tcpConnect } from 'node:net'
import { expect, test } from 'vitest'
import { MAX_HTTP_BODY } from '../../protocol/limits.ts'
import { serve, serveReady } from './support/server.ts'

test('any origin may ask the API, none with cookies, and refusals can be read too', async () => {
  const server = await serve()
  const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
  const preflight = await fetch(`${server.url}/api/sign-in`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization')
  expect(Number(preflight.headers.get('access-control-max-age'))).toBeGreaterThan(0)
  for (const path of ['/api/instance', '/api/me', '/api/nothing']) {
    const { headers } = await server.ask(path, undefined, undefined, { origin })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

test('what is not there is not-found, as JSON', async () => {
  const server = await serve()
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/api/socket',
    '/api/auth/get-session',
    '/nothing',
    '/123456',
    '/1234',
  ]) {
    expect(await server.ask(path)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  }
})

test('bodies that are not JSON are malformed, and those that are too large are not read to their end', async () => {
  const server = await serve()
  for (const body of ['{', 'null', '[]', '"x"']) {
    expect(await server.ask('/api/join', body)).toMatchObject({ status: 400, body: { code: 'malformed' } })
  }
  expect(await server.ask('/api/join', 'x'.repeat(MAX_HTTP_BODY + 1))).toMatchObject({
    status: 413,
    body: { code: 'too-large' },
  })
  // Without a length, and far more than there is room for: the server answers while the client still sends.
  const socket = tcpConnect(Number(new URL(server.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (piece) => {
    answer += piece.toString()
  })
  socket.on('error', () => undefined)
  socket.write('POST /api/join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`
  for (let sent = 0; sent < 640 && socket.writable; sent++) socket.write(chunk)
  await expect.poll(() => answer).toContain('"too-large"')
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
})

test('headers that are too large are refused', async () => {
  const server = await serve()
  const socket = tcpConnect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(9_000)}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 431 /)
  socket.destroy()
})

test('requests of one address are counted', async () => {
  const server = await serve({ limits: { requests: { points: 2, seconds: 60 } } })
  const statuses = []
  for (let count = 0; count < 3; count++) statuses.push((await server.ask('/api/instance')).status)
  expect(statuses).toEqual([200, 200, 429])
  expect((await server.ask('/healthz')).status).toBe(200)
})

test('health says whether the database answers, and a broken one is a refusal without a reason', async () => {
  const server = await serveReady()
  expect(await server.ask('/healthz')).toMatchObject({ status: 200, body: { ok: true } })
  await server.breakDatabase()
  expect(await server.ask('/healthz')).toMatchObject({ status: 503, body: { ok: false } })
  expect(await server.ask('/api/join', { lookup: '12345' })).toMatchObject({
    status: 503,
    body: { code: 'unavailable' },
  })
})
