import { Hono } from 'hono'
import { listPeople } from '../people/listing.ts'
import type { Services } from '../services.ts'
import { type Env, requireTechnician } from './request.ts'

export function peopleRoutes(services: Services): Hono<Env> {
  return (
    new Hono<Env>()
      // Lets in: a technician; shows an admin everybody, anybody else the own groups and who is in them.
      .get('/people', async (c) =>
        c.json(await listPeople(services, (await requireTechnician(services, c)).technician)),
      )
  )
}
