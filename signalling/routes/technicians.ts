import { Hono } from 'hono'
import { TechnicianId } from '../../protocol/ids.ts'
import { MAX_PEOPLE_BODY } from '../../protocol/limits.ts'
import { ChangeTechnicianRequest, MoveRequest } from '../../protocol/people.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import { changeTechnician } from '../people/changing.ts'
import { describeMember, listPeople } from '../people/listing.ts'
import type { Services } from '../services.ts'
import { moveMembers } from '../store/members.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin } from './request.ts'

export function technicianRoutes(services: Services): Hono<Env> {
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
      .post('/technicians/groups', async (c) => {
        const { technician } = await requireAdmin(services, c)
        await moveMembers(services.store, await readBody(c, MoveRequest, MAX_PEOPLE_BODY))
        broadcastPeople(services)
        return c.json(await listPeople(services, technician))
      })
      .post('/technicians/:id', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const change = await readBody(c, ChangeTechnicianRequest)
        const member = await changeTechnician(services, technician, readId(c, TechnicianId, 'technician'), change)
        return c.json(await describeMember(services, member))
      })
  )
}
