import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { LogSessionId, RemoteLogReply, WebLogReply } from '../../../protocol/log.ts'
import { endLostSessions } from '../../../signalling/log/session-log.ts'
import { openLog } from '../../../signalling/log.ts'
import { writeLog } from '../../../signalling/store/log.ts'
import { openStore } from '../../../signalling/store/open.ts'
import { expectRatings } from '../../../signalling/store/ratings.ts'
import type { LiveSession } from '../../../signalling/tickets/session.ts'
import { meet } from '../support/client.ts'
import { eventually } from '../support/people.ts'
import { addColleague, createTicket, newKey, type Running, serveReady } from '../support/server.ts'
import { verdictOf } from '../support/verdict.ts'

type Server = Pick<Running, 'ask'> & { token: string }

async function web(server: Server) {
  return v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
}

async function remote(server: Server) {
  return v.parse(RemoteLogReply, (await server.ask('/api/log/remote', undefined, server.token)).body)
}

test('L2 counts that no browser can have do not make the list unreadable for everybody', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { ticket, technician } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  const tell = (event: object) => technician.send({ type: 'log-remote', ticket: ticket.id, event })
  const files = () => ({ what: 'files', id: newKey(), direction: 'sent', outcome: 'done', count: 1 })
  tell({ ...files(), bytes: 1.7e308 })
  expect((await technician.next('refused')).refusal).toMatchObject({ code: 'malformed', about: 'log-remote' })
  for (let turn = 0; turn < 3; turn += 1) tell({ ...files(), bytes: Number.MAX_SAFE_INTEGER })
  const { rows } = await eventually(
    () => remote(server),
    (page) => page.rows[0]?.summary.files === 3,
  )
  expect(rows[0]?.summary.bytes).toBe(Number.MAX_SAFE_INTEGER)
})

test('L2 sessions that are written down a second time, as the first word of it got lost, are there once and hold up nothing', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  await server.close()
  const store = await openStore(server.config, openLog({ logLevel: 'silent' }), () => undefined)
  onTestFinished(store.close)
  const id = v.parse(LogSessionId, newKey())
  const session: LiveSession = {
    id,
    ticket,
    group: ticket.group,
    by: server.me.id,
    from: '203.0.113.7',
    began: Date.now(),
    join: newKey() as never,
    downSince: undefined,
  }
  const end = () => endLostSessions({ store }, Date.now() + 1)
  for (let turn = 0; turn < 2; turn += 1) {
    await store.db.transaction().execute(async (trx) => {
      const { group, by, began, from } = session
      await writeLog(trx, {
        at: began,
        list: 'remote',
        by,
        from,
        group,
        ticket,
        session: id,
        event: { what: 'session-began' },
      })
      await expectRatings(trx, [session])
    })
    await end()
  }
  const rows = await store.db.selectFrom('activity').select('what').where('session', '=', id).execute()
  expect(rows.map(({ what }) => what)).toEqual(['session-began', 'session-ended'])
  expect(await verdictOf(server.config)).toMatchObject({ kind: 'sound' })
})

test('L5 L7 a browser does not fill the log with words of its own', async () => {
  const server = await serveReady({ limits: { takenPerTechnician: { points: 3, seconds: 60 } } })
  const mate = await addColleague(server, false)
  const before = (await web(server)).rows.length
  const ask = async (path: string, body?: object) => (await server.ask(path, body, mate.token)).status
  expect(await ask('/api/log/taken-away', { which: 'report' })).toBe(204)
  expect(await ask('/api/media-store/expired', { count: 1 })).toBe(204)
  expect(await ask('/api/log/web?export=1')).toBe(200)
  for (const path of ['/api/log/remote?export=1', '/api/tickets?state=resolved&export=1'])
    expect(await ask(path)).toBe(429)
  expect(await ask('/api/log/taken-away', { which: 'report' })).toBe(429)
  expect(await ask('/api/media-store/expired', { count: 1 })).toBe(429)
  expect(await ask('/api/log/web')).toBe(200)
  expect((await web(server)).rows.length).toBe(before + 3)
})
