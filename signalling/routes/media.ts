import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { TicketId, type Time } from '../../protocol/ids.ts'
import { STORED_PIECE } from '../../protocol/limits.ts'
import { MediaId } from '../../protocol/media.ts'
import {
  BeginUpload,
  type BegunUpload,
  ExpiredMedia,
  MAX_SEALED_PIECE,
  type MediaStoreReply,
  MediaStoreRequest,
  PieceNumber,
  piecesOf,
  SEAL_BYTES,
  type StoredMedia,
} from '../../protocol/media-store.ts'
import { caseRoom } from '../../protocol/rooms.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import {
  beginMedia,
  endMedia,
  findMedia,
  isOf,
  listWhole,
  notePiece,
  readMediaStore,
  setMediaStore,
} from '../store/media.ts'
import { endedBefore, readRetention } from '../store/retention.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import { maySee } from '../tickets/rights.ts'
import { readBody, readBytes } from './body.ts'
import { type Env, readId, requireAdmin, requireTechnician } from './request.ts'

const NOT_FOUND = { code: 'not-found', about: 'media' } as const

export function mediaRoutes(services: Services): Hono<Env> {
  const { store, throttles, mediaPieces, config } = services
  return (
    new Hono<Env>()
      // Lets in: a technician.
      .get('/media-store', async (c) => {
        await requireTechnician(services, c)
        return c.json(await told(services))
      })
      // Lets in: an admin.
      .post('/media-store', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const wanted = await readBody(c, MediaStoreRequest)
        await store.db.transaction().execute(async (trx) => {
          await setMediaStore(trx, wanted)
          const event = { what: 'media-store-set', ...wanted } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, event })
        })
        // Desks ask again what they do with theirs.
        broadcastPeople(services)
        return c.json(await told(services))
      })
      // Lets in: a technician.
      .post('/media-store/expired', async (c) => {
        const { technician } = await requireTechnician(services, c)
        await throttles.takenPerTechnician.take(technician.id)
        const { count } = await readBody(c, ExpiredMedia)
        const event = { what: 'media-deleted', where: 'browser', count } as const
        await writeLog(store.db, { at: Date.now(), by: technician.id, told: true, event })
        return c.body(null, 204)
      })
      // Lets in: who may open the ticket's case.
      .get('/tickets/:id/media', async (c) => {
        const { ticket } = await requireTicket(services, c, 'read')
        return c.json({ whole: await listWhole(store.db, ticket) } satisfies v.InferOutput<typeof StoredMedia>)
      })
      // Lets in: who sees the ticket, as it may be another's by the time that an upload goes on; here and in the next.
      .post('/tickets/:id/media/:media', async (c) => {
        const { ticket, by } = await requireTicket(services, c, 'write')
        await throttles.mediaPiecesPerTechnician.take(by.id)
        const { bytes, madeAt } = await readBody(c, BeginUpload)
        const now = Date.now()
        const made_at = Math.min(now, madeAt ?? now)
        const kept = await keptFrom(services, now)
        if (kept && made_at < kept.from) throw new RefusedError(NOT_FOUND)
        const about = { id: readMedia(c), ticket, by_technician: by.id, bytes, at: now, made_at }
        const have = await beginMedia(store.db, about, config.limits.mediaPerTicket)
        return c.json({ have } satisfies v.InferOutput<typeof BegunUpload>)
      })
      .post('/tickets/:id/media/:media/pieces/:piece', async (c) => {
        const { ticket, by } = await requireTicket(services, c, 'write')
        await throttles.mediaPiecesPerTechnician.take(by.id)
        const [id, piece] = [readMedia(c), readPiece(c)]
        const file = await findMedia(store.db, id)
        if (!file || !isOf(file, ticket, by.id) || piece >= file.pieces) throw new RefusedError(NOT_FOUND)
        if (piece > file.have) throw new RefusedError({ code: 'conflict', about: 'media' })
        const sealed = await readBytes(c, MAX_SEALED_PIECE)
        if (sealed.byteLength !== sealedSize(Number(file.bytes), piece)) {
          throw new RefusedError({ code: 'malformed', about: 'piece' })
        }
        if (!(await readMediaStore(store.db)).on) throw new RefusedError({ code: 'forbidden', about: 'media' })
        // What is there stays as it is: it may have been read.
        if (piece === file.have) {
          await mediaPieces.put(id, piece, sealed)
          await notePiece(store.db, id, piece)
          // It was deleted meanwhile, and its pieces with it.
          const after = await findMedia(store.db, id)
          if (!after || after.gone_at !== null) await mediaPieces.remove(id, file.pieces)
        }
        return c.body(null, 204)
      })
      // Lets in: who may open the ticket's case.
      .get('/tickets/:id/media/:media/pieces/:piece', async (c) => {
        const { ticket, by } = await requireTicket(services, c, 'read')
        await throttles.mediaPiecesPerTechnician.take(by.id)
        const file = await findMedia(store.db, readMedia(c))
        const piece = readPiece(c)
        const bytes =
          file && isOf(file, ticket) && piece < file.have ? await mediaPieces.get(file.id, piece) : undefined
        if (!bytes) throw new RefusedError(NOT_FOUND)
        return c.body(bytes, 200, { 'Content-Type': 'application/octet-stream' })
      })
      // Lets in: who brought it, as long as the ticket is seen, and who may open the ticket's case.
      .post('/tickets/:id/media/:media/delete', async (c) => {
        const { ticket, by, reads } = await requireTicket(services, c, 'write')
        const file = await findMedia(store.db, readMedia(c))
        if (!file || !isOf(file, ticket, reads ? undefined : by.id)) throw new RefusedError(NOT_FOUND)
        await endMedia(store.db, { id: file.id }, Date.now())
        return c.body(null, 204)
      })
  )
}

async function told(services: Services): Promise<MediaStoreReply> {
  return { ...(await readMediaStore(services.store.db)), kept: await keptFrom(services, Date.now()) }
}

async function keptFrom({ store }: Pick<Services, 'store'>, now: Time): Promise<MediaStoreReply['kept']> {
  const { mediaDays } = await readRetention(store.db)
  return mediaDays === null ? null : { days: mediaDays, from: endedBefore(mediaDays, now) }
}

/** As a piece of an image of so many bytes is once it is sealed. */
function sealedSize(bytes: number, piece: number): number {
  return (piece < piecesOf(bytes) - 1 ? STORED_PIECE : bytes - piece * STORED_PIECE) + SEAL_BYTES
}

function readMedia(c: Context<Env>): MediaId {
  const read = v.safeParse(MediaId, c.req.param('media'))
  if (!read.success) throw new RefusedError(NOT_FOUND)
  return read.output
}

function readPiece(c: Context<Env>): number {
  const read = v.safeParse(PieceNumber, Number(c.req.param('piece')))
  if (!read.success) throw new RefusedError(NOT_FOUND)
  return read.output
}

/** Looked at again when the body is here. @throws RefusedError `not-found`, also where there is such a ticket and it is not the technician's to see */
async function requireTicket(services: Services, c: Context<Env>, what: 'read' | 'write') {
  const look = async () => {
    const { technician: by } = await requireTechnician(services, c)
    const ticket = readId(c, TicketId, 'ticket')
    const owner = await findRoomOwner(services.store.db, caseRoom(ticket))
    const reads = owner !== undefined && mayOpenRoom(by, owner)
    const sees = owner?.kind === 'ticket' && maySee(by, owner.ticket)
    if (!sees || (what === 'read' && !reads)) throw new RefusedError({ code: 'not-found', about: 'ticket' })
    return { ticket, by, reads }
  }
  const found = await look()
  c.set('stillMay', look)
  return found
}
