import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { serve, temporaryFolder } from './support/server.ts'

const PAGE = '<!doctype html><title>Deskside</title>'
const SCRIPT = `export const text = '${'x'.repeat(4_000)}'`

async function builtPages(): Promise<string> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT)
  await writeFile(join(folder, 'assets/packed-abc.js'), SCRIPT)
  await writeFile(join(folder, 'assets/packed-abc.js.br'), brotliCompressSync('packed before'))
  await writeFile(join(folder, 'secret.key'), 'secret')
  return folder
}

test('the page is there at each of its addresses, and is asked for each time', async () => {
  const server = await serve({ environment: { PAGES_DIR: await builtPages() } })
  for (const path of ['/', '/setup', '/12345']) {
    const reply = await server.ask(path)
    expect(reply).toMatchObject({ status: 200, body: PAGE })
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(reply.headers.get('cache-control')).toBe('no-cache')
    const etag = reply.headers.get('etag') ?? ''
    expect((await server.ask(path, undefined, undefined, { 'if-none-match': etag })).status).toBe(304)
  }
})

test('a damaged link brings people the page, which asks for the code, and programs a refusal', async () => {
  const server = await serve({ environment: { PAGES_DIR: await builtPages() } })
  for (const path of ['/12345/', '/12345.', '/12345%2367890', '/help']) {
    const visit = await server.ask(path, undefined, undefined, { accept: 'text/html,*/*;q=0.8' })
    expect(visit).toMatchObject({ status: 404, body: PAGE })
    expect(await server.ask(path)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  }
  const api = await server.ask('/api/nothing', undefined, undefined, { accept: 'text/html' })
  expect(api).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('a new build is served without a new start', async () => {
  const folder = await builtPages()
  const server = await serve({ environment: { PAGES_DIR: folder } })
  await server.ask('/')
  await writeFile(join(folder, 'index.html'), 'new')
  await expect.poll(async () => (await server.ask('/')).body).toBe('new')
})

test('assets are packed and kept for good', async () => {
  const server = await serve({ environment: { PAGES_DIR: await builtPages() } })
  const plain = await raw(server.url, '/assets/index-abc.js', 'identity')
  expect(plain.body.toString()).toBe(SCRIPT)
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8')
  const zipped = await raw(server.url, '/assets/index-abc.js', 'gzip, br')
  expect(zipped.headers['content-encoding']).toBe('gzip')
  expect(zipped.headers.vary).toBe('Accept-Encoding')
  expect(gunzipSync(zipped.body).toString()).toBe(SCRIPT)
  const packed = await raw(server.url, '/assets/packed-abc.js', 'gzip, br')
  expect(packed.headers['content-encoding']).toBe('br')
  const refusing = await raw(server.url, '/assets/packed-abc.js', 'br;q=0, gzip')
  expect(refusing.headers['content-encoding']).toBe('gzip')
})

test.each([
  '/assets/..%2fsecret.key',
  '/assets/../secret.key',
  '/secret.key',
  '/assets/%2e%2e/secret.key',
  '/assets/',
  '/assets',
])('nothing else of the disk is served: %s', async (path) => {
  const server = await serve({ environment: { PAGES_DIR: await builtPages() } })
  const reply = await raw(server.url, path, 'identity')
  expect(reply.status).toBe(404)
  expect(reply.body.toString()).toBe('{"code":"not-found"}')
})

test('every answer carries the headers that keep a page on its own ground', async () => {
  const server = await serve({ environment: { PAGES_DIR: await builtPages(), PUBLIC_URL: 'https://help.example.org' } })
  for (const path of ['/', '/assets/index-abc.js', '/api/instance', '/api/nothing', '/nothing']) {
    const { headers } = await raw(server.url, path, 'identity')
    const csp = String(headers['content-security-policy'])
    expect(csp).toContain("default-src 'none'")
    expect(csp).toContain("frame-ancestors 'none'")
    expect(csp).toContain("connect-src 'self' wss://help.example.org;")
    expect(csp).not.toContain('unsafe')
    expect(headers['permissions-policy']).toContain('display-capture=(self)')
    expect(headers['permissions-policy']).toContain('geolocation=()')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    expect(headers.server).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  }
})

test('without a build a sentence says what to do', async () => {
  const server = await serve({ environment: { PAGES_DIR: await temporaryFolder() } })
  const reply = await server.ask('/12345')
  expect(reply.status).toBe(503)
  expect(reply.body).toContain('not built yet')
})

type Raw = { status: number | undefined; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** Without what fetch does by itself: paths go out as they are, bodies stay packed. */
async function raw(url: string, path: string, encoding: string): Promise<Raw> {
  const { promise, resolve, reject } = Promise.withResolvers<Raw>()
  const sent = request(url, { path, headers: { 'accept-encoding': encoding } }, async (response) => {
    const pieces: Buffer[] = []
    for await (const piece of response) pieces.push(piece)
    resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) })
  })
  sent.on('error', reject).end()
  return await promise
}
