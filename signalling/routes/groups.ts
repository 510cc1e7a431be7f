import { Hono } from 'hono'
import { GroupId } from '../../protocol/ids.ts'
import { GroupRequest, GroupSettings, type GroupsReply, type GroupUse } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { addGroup, countTickets, deleteGroup, listGroupKeys, renameGroup, setGroup } from '../store/groups.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin, requireTechnician } from './request.ts'

export function groupRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin; here and below where nothing else is said.
      .post('/groups', async (c) => {
        await requireAdmin(services, c)
        const { name } = await readBody(c, GroupRequest)
        const group = await addGroup(store.db, name, Date.now())
        broadcastPeople(services)
        return c.json(group)
      })
      .post('/groups/:id', async (c) => {
        await requireAdmin(services, c)
        const { name } = await readBody(c, GroupRequest)
        const group = await renameGroup(store.db, readId(c, GroupId, 'group'), name)
        broadcastPeople(services)
        return c.json(group)
      })
      .post('/groups/:id/settings', async (c) => {
        await requireAdmin(services, c)
        const settings = await readBody(c, GroupSettings)
        const group = await setGroup(store.db, readId(c, GroupId, 'group'), settings)
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
        await requireAdmin(services, c)
        await deleteGroup(store, readId(c, GroupId, 'group'), Date.now())
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
