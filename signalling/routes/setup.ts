import { Hono } from 'hono'
import { SetupRequest } from '../../protocol/account.ts'
import type { Services } from '../services.ts'
import { readBody } from './body.ts'
import { signInByLink } from './me-reply.ts'
import { addressOf, clientOf, type Env } from './request.ts'

export function setupRoutes(services: Services): Hono<Env> {
  const { setup, throttles } = services
  return (
    new Hono<Env>()
      // Lets in: whoever has the setup token, once.
      .post('/setup', async (c) => {
        await throttles.setups.take(addressOf(services, c))
        const request = await readBody(c, SetupRequest)
        const technician = await setup.redeem(request)
        return c.json(await signInByLink(services, technician, clientOf(services, c), 'setup'))
      })
  )
}
