import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TicketReply } from '../../protocol/http.ts'
import { admins, anyone, get, mediaRows, post, type Row, technicians } from './support/access-rows.ts'
import { ROLES, type Role, type Stage, serveStage, setStage } from './support/actors.ts'
import { listRoutes } from './support/routes.ts'
import { EMAIL, join, SIGN_IN_KEY, setupBody } from './support/server.ts'
import { vaultOf } from './support/vault.ts'

const LINK = 'x'.repeat(43)
const ID = 'x'.repeat(22)
const KEY = { signInKey: SIGN_IN_KEY }
const ownVault = (role: Role) => vaultOf(role === 'admin' ? 0 : 1)

/** One row for each route: whom it lets in, seen from the outside. */
const rows: Row[] = [
  ['GET /api/instance', get('/api/instance'), anyone(200)],
  ['POST /api/setup', ({ setupToken }) => ({ path: '/api/setup', body: setupBody(setupToken) }), anyone(410)],
  ['POST /api/sign-in', post('/api/sign-in', { email: EMAIL, ...KEY }), anyone(200)],
  [
    'POST /api/sign-in/send-code',
    ({ tokens }) => ({ path: '/api/sign-in/send-code', body: { challenge: tokens.challenge, language: 'en' } }),
    // The challenge lets in; no mail server is there.
    anyone(409),
  ],
  [
    'POST /api/sign-in/code',
    post('/api/sign-in/code', { challenge: LINK, method: 'app', code: '123456', trust: false }),
    anyone(410),
  ],
  ['POST /api/sign-out', post('/api/sign-out'), technicians(204)],
  ['GET /api/me', get('/api/me'), technicians(200)],
  ['POST /api/me', post('/api/me', { name: 'Somebody' }), technicians(200)],
  [
    'POST /api/me/password',
    (_, role) => ({ path: '/api/me/password', body: { ...KEY, newSignInKey: LINK, vault: ownVault(role) } }),
    technicians(204),
  ],
  ['GET /api/me/sign-ins', get('/api/me/sign-ins'), technicians(200)],
  ['POST /api/me/sign-ins/:id/end', post(`/api/me/sign-ins/${ID}/end`), technicians(404)],
  ['POST /api/me/sign-out-everywhere', post('/api/me/sign-out-everywhere'), technicians(204)],
  ['POST /api/me/two-step/send-code', post('/api/me/two-step/send-code'), technicians(409)],
  ['POST /api/me/two-step/email', post('/api/me/two-step/email', { code: '123456' }), technicians(410)],
  ['POST /api/me/two-step/app', post('/api/me/two-step/app', KEY), technicians(200)],
  ['POST /api/me/two-step/app/verify', post('/api/me/two-step/app/verify', { code: '123456' }), technicians(410)],
  ['POST /api/me/two-step/recovery-codes', post('/api/me/two-step/recovery-codes', KEY), technicians(409)],
  ['POST /api/me/two-step/off', post('/api/me/two-step/off', KEY), technicians(200)],
  [
    'POST /api/password-resets',
    (_, role) => ({
      path: '/api/password-resets',
      body: { email: `${role.toLowerCase()}@example.org`, language: 'en' },
    }),
    anyone(204),
  ],
  ['POST /api/password-resets/look', post('/api/password-resets/look', { token: LINK }), anyone(410)],
  [
    'POST /api/password-resets/redeem',
    post('/api/password-resets/redeem', { token: LINK, ...KEY, vault: vaultOf(2) }),
    anyone(410),
  ],
  ['GET /api/me/vault', get('/api/me/vault'), technicians(200)],
  [
    'POST /api/me/vault',
    (_, role) => ({ path: '/api/me/vault', body: { ...KEY, vault: ownVault(role) } }),
    technicians(204),
  ],
  ['GET /api/keyrings', get('/api/keyrings'), technicians(200)],
  [
    'POST /api/groups/:id/keyring',
    ({ group }) => ({
      path: `/api/groups/${group}/keyring`,
      // Of a revision that never was: whoever may seal is told so.
      body: { after: 7, epoch: 1, publicKey: vaultOf().publicKey, sealed: 'A'.repeat(64), readers: [] },
    }),
    [401, 401, 401, 404, 409, 409],
  ],
  [
    'POST /api/tickets',
    ({ group }) => ({ path: '/api/tickets', body: { key: ID, group, assignee: null } }),
    [401, 401, 401, 404, 200, 200],
  ],
  ['GET /api/tickets', get('/api/tickets'), technicians(200)],
  [
    'POST /api/tickets/:id/changes',
    ({ ticket }) => ({
      path: `/api/tickets/${ticket}/changes`,
      body: { version: 1, key: ID, change: { kind: 'expire', why: 'withdrawn' } },
    }),
    // The admin comes second, with a version that is old by then.
    [401, 401, 401, 404, 200, 409],
  ],
  [
    'POST /api/tickets/:id/details',
    // It is open.
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/details`, body: { sealed: 'A'.repeat(40) } }),
    [401, 401, 401, 404, 409, 409],
  ],
  ['POST /api/tickets/details', post('/api/tickets/details', { tickets: [ID] }), technicians(200)],
  ...['', '/details', '/events'].map(
    (part): Row => [
      `GET /api/tickets/:id${part}`,
      ({ ticket }) => ({ path: `/api/tickets/${ticket}${part}` }),
      [401, 401, 401, 404, 200, 200],
    ],
  ),
  [
    'GET /api/tickets/:id/held',
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/held` }),
    [401, 401, 401, 404, 200, 200],
  ],
  [
    'GET /api/tickets/:id/ratings',
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/ratings` }),
    [401, 401, 401, 404, 200, 200],
  ],
  [
    'POST /api/tickets/:id/held/taken',
    // The technician is the assignee.
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/held/taken`, body: { ids: [ID] } }),
    [401, 401, 401, 404, 204, 403],
  ],
  ['GET /api/groups', get('/api/groups'), technicians(200)],
  [
    'POST /api/groups/:id/settings',
    ({ group }) => ({
      path: `/api/groups/${group}/settings`,
      body: { assignment: 'off', silentMinutes: null, answerMinutes: null, resolveMinutes: null },
    }),
    admins(200),
  ],
  [
    'GET /api/rooms/:room/updates',
    ({ group }) => ({ path: `/api/rooms/queue:${group}/updates?after=0` }),
    [401, 401, 401, 404, 200, 200],
  ],
  [
    'POST /api/rooms/:room/updates',
    ({ group }) => ({ path: `/api/rooms/queue:${group}/updates`, body: { sealed: 'A'.repeat(32) } }),
    [401, 401, 401, 404, 200, 200],
  ],
  [
    'POST /api/rooms/:room/snapshot',
    // Of a room that nothing was written to: whoever may is told so.
    ({ group }) => ({
      path: `/api/rooms/queue:${group}/snapshot`,
      body: { id: 'x'.repeat(22), upTo: 1, stamp: 'x'.repeat(22), part: 0, last: true, sealed: 'A'.repeat(32) },
    }),
    [401, 401, 401, 404, 409, 409],
  ],
  ['GET /api/log/web', get('/api/log/web'), technicians(200)],
  ['GET /api/log/remote', get('/api/log/remote'), technicians(200)],
  ['GET /api/log/sessions/:id', get(`/api/log/sessions/${ID}`), technicians(404)],
  ['GET /api/reports', get('/api/reports?days=0,1'), technicians(200)],
  ['GET /api/rating-setting', get('/api/rating-setting'), admins(200)],
  ['POST /api/rating-setting', post('/api/rating-setting', { asks: true }), admins(200)],
  ['POST /api/log/taken-away', post('/api/log/taken-away', { which: 'report' }), technicians(204)],
  ['GET /api/file-rules', get('/api/file-rules'), technicians(200)],
  ['POST /api/file-rules', post('/api/file-rules', { largest: null, refused: [] }), admins(200)],
  ['GET /api/retention', get('/api/retention'), admins(200)],
  ['POST /api/retention', post('/api/retention', { ticketDays: null, mediaDays: null, logDays: null }), admins(200)],
  [
    'POST /api/retention/preview',
    post('/api/retention/preview', { ticketDays: 1, mediaDays: 1, logDays: 1 }),
    admins(200),
  ],
  ['POST /api/tickets/gone', post('/api/tickets/gone', { tickets: [ID] }), technicians(200)],
  // Open: it stays.
  [
    'POST /api/tickets/:id/delete',
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/delete`, body: { version: 1 } }),
    [401, 401, 401, 403, 403, 409],
  ],
  ['GET /api/log/head', get('/api/log/head'), admins(200)],
  ...mediaRows,
  ['POST /api/join', post('/api/join', { lookup: '00000' }), anyone(404)],
  ['POST /api/join/not-asked', post('/api/join/not-asked'), anyone(401)],
  ['POST /api/join/rating', post('/api/join/rating', { score: 5, box: null }), anyone(401)],
  ['GET /api/ice', get('/api/ice'), technicians(200)],
  ['GET /api/people', get('/api/people'), technicians(200)],
  ['POST /api/groups', post('/api/groups', { name: 'Night shift' }), admins(200)],
  [
    'POST /api/groups/:id',
    ({ group }) => ({ path: `/api/groups/${group}`, body: { name: 'Night shift' } }),
    admins(200),
  ],
  ['GET /api/groups/:id/use', ({ group }) => ({ path: `/api/groups/${group}/use` }), admins(200)],
  [
    'POST /api/groups/:id/delete',
    ({ emptyGroup: id }) => ({ path: `/api/groups/${id}/delete`, body: {} }),
    admins(204),
  ],
  [
    'POST /api/technicians/groups',
    ({ technician, emptyGroup }) => ({
      path: '/api/technicians/groups',
      body: { technicians: [technician], add: [emptyGroup], remove: [] },
    }),
    admins(200),
  ],
  [
    'POST /api/technicians/:id',
    ({ technician }) => ({ path: `/api/technicians/${technician}`, body: { admin: false } }),
    admins(200),
  ],
  ['POST /api/invitations', post('/api/invitations', inviting('new@example.org')), admins(200)],
  ['POST /api/invitations/look', post('/api/invitations/look', { token: LINK }), anyone(410)],
  [
    'POST /api/invitations/redeem',
    post('/api/invitations/redeem', { token: LINK, name: 'Eve', language: 'en', ...KEY, vault: vaultOf(2) }),
    anyone(410),
  ],
  [
    'POST /api/invitations/:id/resend',
    ({ invitation }) => ({ path: `/api/invitations/${invitation}/resend`, body: {} }),
    admins(204),
  ],
  [
    'POST /api/invitations/:id/revoke',
    ({ invitation }) => ({ path: `/api/invitations/${invitation}/revoke`, body: {} }),
    admins(204),
  ],
  ['GET /api/outbox', get('/api/outbox'), admins(200)],
  ['POST /api/outbox/:id/done', post(`/api/outbox/${ID}/done`), admins(404)],
  ['GET /healthz', get('/healthz'), anyone(200)],
  ['GET /', get('/'), anyone(200)],
  ['GET /setup', get('/setup'), anyone(200)],
  ['GET /invitation', get('/invitation'), anyone(200)],
  ['GET /reset', get('/reset'), anyone(200)],
  ['GET /:lookup{[0-9]{5}}', get('/12345'), anyone(200)],
  ['GET /assets/:name{[\\w-][\\w.-]*}', get('/assets/a.js'), anyone(200)],
  ['GET /:name{[\\w-]+\\.(svg|png|ico|webp|json|txt)}', get('/icon.svg'), anyone(200)],
  ['GET /*', get('/nothing'), anyone(404)],
]

function inviting(email: string) {
  return { language: 'en', invitees: [{ email, groups: [], admin: false, twoStep: false }] }
}

let stage: Stage
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  await mkdir(path.join(folder, 'assets'))
  for (const name of ['index.html', 'icon.svg', 'assets/a.js']) await writeFile(path.join(folder, name), '/**/')
  stage = await setStage()
}, 30_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await rm(stage.dataDir, { recursive: true, force: true })
})

test('every route has its row, and every row its route', async () => {
  const known = rows.map(([route]) => route)
  expect(new Set(known).size).toBe(known.length)
  expect(known.sort()).toEqual((await listRoutes(path.join(folder, 'data'))).sort())
})

test('every route of the API has its row in docs/PROTOCOL.md', async () => {
  const page = await readFile(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8')
  const routes = rows.map(([route]) => route).filter((route) => route.includes(' /api/'))
  expect(routes.filter((route) => !page.includes(`\n| \`${route}\` |`))).toEqual([])
})

test('a customer’s token opens what is the customer’s, and nothing else', async () => {
  const server = await serveStage(stage, folder)
  const { body } = await server.ask(`/api/tickets/${stage.ticket}`, undefined, stage.tokens.technician)
  const { token } = await join(server, v.parse(TicketReply, body).ticket.lookup)
  const own = ['GET /api/ice', 'POST /api/join/not-asked', 'POST /api/join/rating']
  const closed = rows.filter(([route, , [nobody]]) => nobody === 401 && !own.includes(route))
  expect(closed.length).toBeGreaterThan(50)
  for (const [route, request] of closed) {
    const { path, body } = request(stage, 'nobody')
    expect((await server.ask(path, body, token)).status, route).toBe(401)
  }
})

test.each(rows)('%s', async (route, request, statuses) => {
  const server = await serveStage(stage, folder)
  const seen: [Role, number][] = []
  for (const role of ROLES) {
    const { path, body } = request(stage, role)
    expect(body === undefined ? 'GET' : 'POST').toBe(route.split(' ')[0])
    const { status, headers } = await server.ask(path, body, stage.tokens[role])
    expect(headers.getSetCookie()).toEqual([])
    seen.push([role, status])
  }
  expect(seen).toEqual(ROLES.map((role, index) => [role, statuses[index]]))
})
