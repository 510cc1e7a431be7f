import { Hono } from 'hono'
import { TechnicianId } from '../../protocol/ids.ts'
import { MAX_PEOPLE_BODY } from '../../protocol/limits.ts'
import { ChangeTechnicianRequest, MoveRequest } from '../../protocol/people.ts'
import { changeTechnician, moveTechnicians } from '../people/changing.ts'
import { describeMember, listPeople } from '../people/listing.ts'
import type { Services } from '../services.ts'
import { readBody } from './body.ts'
import { type Env, readId, requireAdmin } from './request.ts'

export function technicianRoutes(services: Services): Hono<Env> {
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
      .post('/technicians/groups', async (c) => {
        const { technician } = await requireAdmin(services, c)
        await moveTechnicians(services, technician, await readBody(c, MoveRequest, MAX_PEOPLE_BODY))
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
