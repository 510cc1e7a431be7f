import type { Role, Stage } from './actors.ts'

/** What is sent to a route; GET where there is no body. */
type Request = (stage: Stage, role: Role) => { path: string; body?: unknown }
/** Status for nobody · half signed in · deactivated · of another group · technician · admin. */
type Statuses = [number, number, number, number, number, number]
export type Row = [route: string, request: Request, statuses: Statuses]

export const anyone = (status: number): Statuses => [status, status, status, status, status, status]
export const technicians = (status: number): Statuses => [401, 401, 401, status, status, status]
export const admins = (status: number): Statuses => [401, 401, 401, 403, 403, status]

export const get =
  (path: string): Request =>
  () => ({ path })
export const post =
  (path: string, body: unknown = {}): Request =>
  () => ({ path, body })

const ID = 'x'.repeat(22)

/** Images and recordings that rest with the server. */
export const mediaRows: Row[] = [
  ['GET /api/media-store', get('/api/media-store'), technicians(200)],
  ['POST /api/media-store/expired', post('/api/media-store/expired', { count: 1 }), technicians(204)],
  ['POST /api/media-store', post('/api/media-store', { on: false, quotaBytes: 1_000_000 }), admins(200)],
  [
    'GET /api/tickets/:id/media',
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/media` }),
    [401, 401, 401, 404, 200, 200],
  ],
  [
    'POST /api/tickets/:id/media/:media',
    // The store is off.
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/media/${ID}`, body: { bytes: 10 } }),
    [401, 401, 401, 404, 403, 403],
  ],
  // Nothing is there, for nobody.
  ...['POST', 'GET'].map(
    (method): Row => [
      `${method} /api/tickets/:id/media/:media/pieces/:piece`,
      ({ ticket }) => ({
        path: `/api/tickets/${ticket}/media/${ID}/pieces/0`,
        ...(method === 'POST' && { body: 'x' }),
      }),
      technicians(404),
    ],
  ),
  [
    'POST /api/tickets/:id/media/:media/delete',
    ({ ticket }) => ({ path: `/api/tickets/${ticket}/media/${ID}/delete`, body: {} }),
    technicians(404),
  ],
]
