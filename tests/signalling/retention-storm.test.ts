import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import { type TicketChange, TicketReply } from '../../protocol/http.ts'
import { TicketId } from '../../protocol/ids.ts'
import { SEAL_BYTES } from '../../protocol/media-store.ts'
import { Sealed } from '../../protocol/rooms.ts'
import { change, createTicket, newKey, serveReady } from './support/server.ts'
import { verdictOf } from './support/verdict.ts'

type Ready = Awaited<ReturnType<typeof serveReady>>

const SEALED = v.parse(Sealed, 'A'.repeat(40))
const DAY = 86_400_000
const FOR_MS = 1_500
const quick = {
  retentionMs: 5,
  mediaSweepMs: 5,
  ticketsPerTechnician: { points: 1e6, seconds: 60 },
  requests: { points: 1e6, seconds: 60 },
}

/** Brings an image of one piece. @returns whether all of it was taken */
async function bring(server: Ready, ticket: string): Promise<boolean> {
  const place = `/api/tickets/${ticket}/media/${newKey()}`
  if ((await server.ask(place, { bytes: 200 }, server.token)).status !== 200) return false
  const headers = { authorization: `Bearer ${server.token}` }
  const body = new Uint8Array(randomBytes(200 + SEAL_BYTES))
  return (await fetch(`${server.url}${place}/pieces/0`, { method: 'POST', headers, body })).status === 204
}

async function changeTo(server: Ready, id: string, version: number, what: TicketChange) {
  const { status, body } = await change(server, server.token, { id: v.parse(TicketId, id), version }, what)
  return status === 200 ? v.parse(TicketReply, body).ticket.version : undefined
}

test('L6 L7 what goes while it is brought, exported, reopened and deleted is gone as a whole or there as a whole, and the chain holds', {
  timeout: 60_000,
}, async () => {
  const server = await serveReady({ limits: quick })
  await server.ask('/api/media-store', { on: true, quotaBytes: 1e9 }, server.token)
  await server.ask('/api/retention', { ticketDays: 10, mediaDays: 10, logDays: 10 }, server.token)
  const until = Date.now() + FOR_MS
  const reopened: string[] = []
  const bad: number[] = []

  async function worker(kind: 'reopen' | 'delete' | 'leave') {
    while (Date.now() < until) {
      const ticket = await createTicket(server, server.token)
      await bring(server, ticket.id)
      const version = await changeTo(server, ticket.id, ticket.version, { kind: 'resolve', sealed: SEALED })
      if (version === undefined) throw new Error('not resolved')
      await server.sql(`update tickets set ended_at = ended_at - ${11 * DAY} where id = '${ticket.id}' and state = 'resolved';
        update activity set at = at - ${11 * DAY} where seq in (select seq from activity where ticket = '${ticket.id}' limit 1)`)
      const racing = [bring(server, ticket.id), bring(server, ticket.id)]
      if (kind === 'reopen' && (await changeTo(server, ticket.id, version, { kind: 'reopen' })) !== undefined)
        reopened.push(ticket.id)
      if (kind === 'delete')
        bad.push((await server.ask(`/api/tickets/${ticket.id}/delete`, { version }, server.token)).status)
      const page = await server.ask('/api/log/web?sort=kind&limit=20', undefined, server.token)
      bad.push(page.status)
      await Promise.all(racing)
    }
  }

  await Promise.all([worker('reopen'), worker('reopen'), worker('delete'), worker('leave')])
  expect(bad.filter((status) => status >= 500)).toEqual([])
  const ids = async (select: string) => (await server.rows(select)).map(({ id }) => String(id))
  await vi.waitFor(
    async () => {
      expect(await ids('select id from media_files where gone_at is not null')).toEqual([])
      expect(
        await ids(`select id from tickets where state = 'resolved' and ended_at < ${Date.now() - 10 * DAY}`),
      ).toEqual([])
      expect(await ids(`select seq as id from activity where at < ${Date.now() - 10 * DAY}`)).toEqual([])
    },
    { timeout: 10_000 },
  )
  const there = new Set(await ids('select id from tickets'))
  const gone = await ids('select ticket as id from deleted_tickets')
  expect(gone.length).toBeGreaterThan(0)
  expect(gone.filter((id) => there.has(id))).toEqual([])
  expect(reopened.filter((id) => !there.has(id))).toEqual([])
  expect((await ids('select ticket as id from media_files')).filter((id) => !there.has(id))).toEqual([])
  const folder = path.join(server.config.dataDir, 'media')
  const kept = await ids('select id from media_files where have > 0')
  expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual(kept.sort())
  const told = await ids("select ticket as id from activity where what = 'ticket-deleted'")
  expect(new Set(told).size).toBe(told.length)
  expect(told.toSorted()).toEqual(gone.toSorted())
  expect(await verdictOf(server.config)).toMatchObject({ kind: 'sound' })
})
