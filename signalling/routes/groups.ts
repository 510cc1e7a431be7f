import { Hono } from 'hono'
import { GroupId } from '../../protocol/ids.ts'
import { GroupRequest } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { addGroup, deleteGroup, renameGroup } from '../store/groups.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin } from './request.ts'

export function groupRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
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
      .post('/groups/:id/delete', async (c) => {
        await requireAdmin(services, c)
        await deleteGroup(store, readId(c, GroupId, 'group'), Date.now())
        broadcastPeople(services)
        return c.body(null, 204)
      })
  )
}
