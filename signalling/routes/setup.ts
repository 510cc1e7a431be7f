import { Hono } from 'hono'
import { SetupRequest } from '../../protocol/http.ts'
import type { Services } from '../services.ts'
import { readBody } from './body.ts'
import { addressOf, type Env } from './request.ts'
import { signInReply } from './session.ts'

export function setupRoutes(services: Services): Hono<Env> {
  const { setup, throttles } = services
  return (
    new Hono<Env>()
      // Lets in: whoever has the setup token, once.
      .post('/setup', async (c) => {
        await throttles.setups.take(addressOf(services, c))
        const request = await readBody(c, SetupRequest)
        await setup.redeem(request)
        return c.json(await signInReply(services, request.email, request.signInKey))
      })
  )
}
