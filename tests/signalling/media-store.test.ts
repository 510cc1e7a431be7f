import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import { TicketId } from '../../protocol/ids.ts'
import { STORED_PIECE } from '../../protocol/limits.ts'
import { WebLogReply } from '../../protocol/log.ts'
import { MediaId } from '../../protocol/media.ts'
import { MediaStoreReply, SEAL_BYTES, StoredMedia } from '../../protocol/media-store.ts'
import { openLog } from '../../signalling/log.ts'
import { openS3 } from '../../signalling/media/s3.ts'
import { beginMedia, readMediaStore } from '../../signalling/store/media.ts'
import { openStore } from '../../signalling/store/open.ts'
import { startS3 } from '../support/s3.ts'
import { change, openTicket, serveGroup } from './support/rooms.ts'
import { createTicket, newKey, type Running, serveReady } from './support/server.ts'

type Server = Pick<Running, 'ask' | 'url'> & { token: string }

const turnOn = (server: Server, quotaBytes = 10_000_000) =>
  server.ask('/api/media-store', { on: true, quotaBytes }, server.token)

async function send(server: Server, address: string, token: string, bytes?: Uint8Array<ArrayBuffer>) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }
  const response = await fetch(
    `${server.url}${address}`,
    bytes ? { method: 'POST', headers, body: bytes } : { headers },
  )
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
}

/** As many random bytes as a piece of so many has once it is sealed: the server cannot tell that nobody sealed them. */
const sealed = (bytes: number) => new Uint8Array(randomBytes(bytes + SEAL_BYTES))

const used = async (server: Server) =>
  v.parse(MediaStoreReply, (await server.ask('/api/media-store', undefined, server.token)).body).usedBytes

const whole = async (server: Server, ticket: string, token: string) =>
  v.parse(StoredMedia, (await server.ask(`/api/tickets/${ticket}/media`, undefined, token)).body).whole

async function upload(server: Server, ticket: string, token: string, size: number, madeAt?: number) {
  const id = newKey()
  const place = `/api/tickets/${ticket}/media/${id}`
  await server.ask(place, { bytes: size, madeAt }, token)
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (let at = 0; at < size; at += STORED_PIECE) {
    pieces.push(sealed(Math.min(STORED_PIECE, size - at)))
    await send(server, `${place}/pieces/${pieces.length - 1}`, token, pieces.at(-1))
  }
  return { id, place, pieces }
}

test('L3 off until an admin wants it; then what is brought is read as it came, in pieces, and counts', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const refused = await server.ask(`/api/tickets/${ticket.id}/media/${newKey()}`, { bytes: 10 }, server.grace.token)
  expect([refused.status, refused.body]).toEqual([403, { code: 'forbidden', about: 'media' }])
  expect((await server.ask('/api/media-store', { on: true, quotaBytes: 10_000_000 }, server.grace.token)).status).toBe(
    403,
  )
  await turnOn(server)
  const size = STORED_PIECE + 500
  const { id, place, pieces } = await upload(server, ticket.id, server.grace.token, size)
  expect(await whole(server, ticket.id, server.grace.token)).toEqual([id])
  for (const [piece, bytes] of pieces.entries()) {
    const read = await send(server, `${place}/pieces/${piece}`, server.grace.token)
    expect(Buffer.compare(read.bytes, bytes)).toBe(0)
  }
  expect(await used(server)).toBe(size)
  await server.ask('/api/media-store', { on: false, quotaBytes: 10_000_000 }, server.token)
  expect((await send(server, `${place}/pieces/0`, server.grace.token)).status, 'what is there stays').toBe(200)
})

test('L3 an upload goes on where it stopped; out of order, of another size or over what is there is refused or nothing', async () => {
  const server = await serveGroup()
  await turnOn(server)
  const ticket = await openTicket(server, server.group, server.grace)
  const { token } = server.grace
  const place = `/api/tickets/${ticket.id}/media/${newKey()}`
  const size = 2 * STORED_PIECE + 1
  expect((await server.ask(place, { bytes: size }, token)).body).toEqual({ have: 0 })
  const first = sealed(STORED_PIECE)
  expect((await send(server, `${place}/pieces/1`, token, sealed(STORED_PIECE))).status).toBe(409)
  expect((await send(server, `${place}/pieces/0`, token, sealed(STORED_PIECE - 1))).status).toBe(400)
  expect((await send(server, `${place}/pieces/0`, token, sealed(STORED_PIECE + 1))).status).toBe(413)
  expect((await send(server, `${place}/pieces/0`, token, first)).status).toBe(204)
  expect((await send(server, `${place}/pieces/0`, token, sealed(STORED_PIECE))).status).toBe(204)
  expect(Buffer.compare((await send(server, `${place}/pieces/0`, token)).bytes, first), 'the first one stays').toBe(0)
  expect(await whole(server, ticket.id, token)).toEqual([])
  expect((await server.ask(place, { bytes: size }, token)).body).toEqual({ have: 1 })
  expect((await server.ask(place, { bytes: size + 1 }, token)).status).toBe(409)
  expect((await send(server, `${place}/pieces/3`, token, sealed(1))).status).toBe(404)
})

test('L3 what does not fit is refused before a byte of it is sent, and fits when there is room again', async () => {
  const server = await serveGroup({ mediaSweepMs: 20 })
  await turnOn(server, 1_000_000)
  const ticket = await openTicket(server, server.group, server.grace)
  const { token } = server.grace
  const { place } = await upload(server, ticket.id, token, 900_000)
  const full = await server.ask(`/api/tickets/${ticket.id}/media/${newKey()}`, { bytes: 100_001 }, token)
  expect(full.body).toEqual({ code: 'quota', about: 'media' })
  await server.ask(`${place}/delete`, {}, token)
  expect(await used(server)).toBe(0)
  expect((await server.ask(`/api/tickets/${ticket.id}/media/${newKey()}`, { bytes: 100_001 }, token)).status).toBe(200)
})

test('L3 one ticket has so many, however small they are; another has its own, and one that goes makes room', async () => {
  const server = await serveGroup({ mediaSweepMs: 20, mediaPerTicket: 3 })
  await turnOn(server)
  const { token } = server.grace
  const [ticket, other] = [
    await openTicket(server, server.group, server.grace),
    await openTicket(server, server.group, server.grace),
  ]
  const begin = (of: string, id = newKey()) => server.ask(`/api/tickets/${of}/media/${id}`, { bytes: 1 }, token)
  const first = newKey()
  for (const id of [first, newKey(), newKey()]) expect((await begin(ticket.id, id)).status).toBe(200)
  expect((await begin(ticket.id)).body).toEqual({ code: 'quota', about: 'ticket' })
  expect((await begin(ticket.id, first)).status, 'one that was begun goes on').toBe(200)
  expect((await begin(other.id)).status).toBe(200)
  await server.ask(`/api/tickets/${ticket.id}/media/${first}/delete`, {}, token)
  expect((await begin(ticket.id)).status).toBe(200)
})

test('L3 read only by who may open the case; brought by who sees the ticket; to others there is no such thing', async () => {
  const server = await serveGroup()
  await turnOn(server)
  const ticket = await openTicket(server, server.group, server.grace)
  const { id, place } = await upload(server, ticket.id, server.grace.token, 100)
  for (const { token } of [server.linus, server.stranger]) {
    expect((await server.ask(`/api/tickets/${ticket.id}/media`, undefined, token)).status).toBe(404)
    expect((await send(server, `${place}/pieces/0`, token)).status).toBe(404)
    expect((await server.ask(`${place}/delete`, {}, token)).status).toBe(404)
  }
  expect((await server.ask(place, { bytes: 100 }, server.linus.token)).status, 'another’s').toBe(409)
  expect((await server.ask(place, { bytes: 100 }, server.stranger.token)).status).toBe(404)
  await change(server, ticket, { kind: 'assign', assignee: server.linus.me.id }, server.grace.token)
  expect((await send(server, `${place}/pieces/0`, server.grace.token)).status).toBe(404)
  expect((await send(server, `${place}/pieces/0`, server.linus.token)).status).toBe(200)
  const late = await upload(server, ticket.id, server.grace.token, 100)
  expect((await whole(server, ticket.id, server.token)).sort(), 'who made it may still bring it').toEqual(
    [id, late.id].sort(),
  )
})

test('L7 with the ticket its media go, to the last byte on the disk', async () => {
  const server = await serveGroup({ mediaSweepMs: 20 })
  await turnOn(server)
  const ticket = await openTicket(server, server.group, server.grace)
  await upload(server, ticket.id, server.grace.token, 100)
  const folder = path.join(server.config.dataDir, 'media')
  expect(readdirSync(folder)).toHaveLength(1)
  const resolved = await change(server, ticket, { kind: 'resolve', sealed: 'A'.repeat(40) }, server.grace.token)
  const asked = { version: resolved.version }
  expect((await server.ask(`/api/tickets/${ticket.id}/delete`, asked, server.token)).status).toBe(204)
  expect(await used(server)).toBe(0)
  await vi.waitFor(() => expect(existsSync(folder) && readdirSync(folder)).toEqual([]), { timeout: 5_000 })
})

test('L3 L7 with S3_URL they rest in that store, and go from there', async () => {
  const { base, accessKeyId, secretAccessKey, region } = await startS3()
  const address = new URL(`${base}?region=${region}`)
  address.username = accessKeyId
  address.password = encodeURIComponent(secretAccessKey)
  const server = await serveReady({ environment: { S3_URL: address.href }, limits: { mediaSweepMs: 20 } })
  await turnOn(server)
  const ticket = await createTicket(server, server.token)
  const { id, place, pieces } = await upload(server, ticket.id, server.token, STORED_PIECE + 1)
  expect(await whole(server, ticket.id, server.token)).toEqual([id])
  const read = await send(server, `${place}/pieces/1`, server.token)
  expect(Buffer.compare(read.bytes, pieces[1] ?? new Uint8Array())).toBe(0)
  expect(existsSync(path.join(server.config.dataDir, 'media'))).toBe(false)
  await server.ask(`${place}/delete`, {}, server.token)
  const bucket = openS3({ base, accessKeyId, secretAccessKey, region })
  await vi.waitFor(async () => expect(await bucket.get(v.parse(MediaId, id), 1)).toBeUndefined(), { timeout: 5_000 })
})

test('L1 L3 that an admin turned it on is in the log', async () => {
  const server = await serveGroup()
  await turnOn(server)
  const { body } = await server.ask('/api/log/web', undefined, server.token)
  expect(JSON.stringify(body)).toContain('"what":"media-store-set","on":true,"quotaBytes":10000000')
})

const DAY = 86_400_000

test('L7 images are deleted so many days after they were made, their ticket stays, and the log says of which ticket how many', async () => {
  const server = await serveGroup({ mediaSweepMs: 20, retentionMs: 20 })
  await turnOn(server)
  const ticket = await openTicket(server, server.group, server.grace)
  const old = await upload(server, ticket.id, server.grace.token, 100, Date.now() - 31 * DAY)
  const young = await upload(server, ticket.id, server.grace.token, 200, Date.now() - 29 * DAY)
  const future = await upload(server, ticket.id, server.grace.token, 300, Date.now() + 400 * DAY)
  const days = { ticketDays: null, mediaDays: 30, logDays: null }
  const preview = await server.ask('/api/retention/preview', days, server.token)
  expect(preview.body).toEqual({ tickets: 0, media: 1, logRows: 0 })
  const before = await server.ask('/api/media-store', undefined, server.grace.token)
  expect(v.parse(MediaStoreReply, before.body).kept).toBeNull()
  expect((await server.ask('/api/retention', days, server.token)).status).toBe(200)
  const left = [young.id, future.id].sort()
  await vi.waitFor(async () => expect((await whole(server, ticket.id, server.grace.token)).toSorted()).toEqual(left), {
    timeout: 5_000,
  })
  expect((await send(server, `${old.place}/pieces/0`, server.grace.token)).status).toBe(404)
  const folder = path.join(server.config.dataDir, 'media')
  await vi.waitFor(() => expect(readdirSync(folder).sort()).toEqual(left), { timeout: 5_000 })
  const { kept } = v.parse(MediaStoreReply, (await server.ask('/api/media-store', undefined, server.grace.token)).body)
  expect(kept?.days).toBe(30)
  expect(Math.abs(Date.now() - 30 * DAY - (kept?.from ?? 0))).toBeLessThan(60_000)
  const { rows } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  expect(rows[0]).toMatchObject({
    by: { kind: 'server' },
    ticket: { id: ticket.id, lookup: ticket.lookup },
    group: { id: server.group },
    event: { what: 'media-deleted', where: 'server', count: 1 },
  })
  expect((await server.ask(`/api/tickets/${ticket.id}`, undefined, server.grace.token)).status).toBe(200)
})

test('L7 what is over its days is not taken any more; what went in a browser is in the log as its word', async () => {
  const server = await serveGroup()
  await turnOn(server)
  const ticket = await openTicket(server, server.group, server.grace)
  await server.ask('/api/retention', { ticketDays: null, mediaDays: 30, logDays: null }, server.token)
  const place = `/api/tickets/${ticket.id}/media/${newKey()}`
  const late = await server.ask(place, { bytes: 100, madeAt: Date.now() - 31 * DAY }, server.grace.token)
  expect([late.status, late.body]).toEqual([404, { code: 'not-found', about: 'media' }])
  expect((await server.ask('/api/media-store/expired', { count: 0 }, server.grace.token)).status).toBe(400)
  expect((await server.ask('/api/media-store/expired', { count: 3 }, server.grace.token)).status).toBe(204)
  const { rows } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  expect(rows[0]).toMatchObject({
    by: { id: server.grace.me.id },
    told: true,
    event: { what: 'media-deleted', where: 'browser', count: 3 },
  })
})

test('L3 L7 an upload that begins as its ticket is deleted leaves nothing that counts for ever', async () => {
  const server = await serveGroup()
  await turnOn(server)
  await server.close()
  const store = await openStore(server.config, openLog({ logLevel: 'silent' }), () => undefined)
  onTestFinished(store.close)
  const about = { by_technician: server.grace.me.id, bytes: 100, at: Date.now(), made_at: Date.now() }
  const gone = { ...about, id: v.parse(MediaId, newKey()), ticket: v.parse(TicketId, newKey()) }
  await expect(beginMedia(store.db, gone, 10)).rejects.toMatchObject({ refusal: { code: 'not-found' } })
  expect(await readMediaStore(store.db)).toMatchObject({ on: true, usedBytes: 0 })
})
