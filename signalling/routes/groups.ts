import { Hono } from 'hono'
import { GroupId } from '../../protocol/ids.ts'
import { GroupRequest, GroupSettings, type GroupsReply, type GroupUse } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import {
  addGroup,
  countTickets,
  deleteGroup,
  findGroups,
  listGroupKeys,
  renameGroup,
  setGroup,
} from '../store/groups.ts'
import { writeLog } from '../store/log.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin, requireTechnician } from './request.ts'

export function groupRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin; here and below where nothing else is said.
      .post('/groups', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const { name } = await readBody(c, GroupRequest)
        const at = Date.now()
        const group = await store.db.transaction().execute(async (trx) => {
          const added = await addGroup(trx, name, at)
          await writeLog(trx, { at, by: technician.id, group: added.id, event: { what: 'group-created' } })
          return added
        })
        broadcastPeople(services)
        return c.json(group)
      })
      .post('/groups/:id', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const { name } = await readBody(c, GroupRequest)
        const id = readId(c, GroupId, 'group')
        const group = await store.db.transaction().execute(async (trx) => {
          const before = (await findGroups(trx, [id]))[0]?.name ?? ''
          const renamed = await renameGroup(trx, id, name)
          const event = { what: 'group-renamed', before } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, group: id, event })
          return renamed
        })
        broadcastPeople(services)
        return c.json(group)
      })
      .post('/groups/:id/settings', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const settings = await readBody(c, GroupSettings)
        const id = readId(c, GroupId, 'group')
        const group = await store.db.transaction().execute(async (trx) => {
          const set = await setGroup(trx, id, settings)
          const event = { what: 'group-set', ...settings } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, group: id, event })
          return set
        })
        broadcastPeople(services)
        return c.json(group)
      })
      // Lets in: a technician.
      .get('/groups', async (c) => {
        await requireTechnician(services, c)
        return c.json({ groups: await listGroupKeys(store.db) } satisfies GroupsReply)
      })
      // Lets in: an admin; here and below.
      .get('/groups/:id/use', async (c) => {
        await requireAdmin(services, c)
        return c.json((await countTickets(store.db, readId(c, GroupId, 'group'))) satisfies GroupUse)
      })
      .post('/groups/:id/delete', async (c) => {
        const { technician } = await requireAdmin(services, c)
        await deleteGroup(store, readId(c, GroupId, 'group'), { by: technician.id, now: Date.now() })
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
