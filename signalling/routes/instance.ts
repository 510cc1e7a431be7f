import { Hono } from 'hono'
import type { InstanceReply } from '../../protocol/account.ts'
import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import type { Services } from '../services.ts'
import type { Env } from './request.ts'

export function instanceRoutes({ setup, mail }: Services): Hono<Env> {
  return (
    new Hono<Env>()
      // Lets in: anyone.
      .get('/instance', (c) => {
        const { id, organisation } = setup.instance
        return c.json({
          instance: id,
          organisation,
          ready: setup.ready,
          protocol: PROTOCOL_VERSION,
          mail: mail.kind,
        } satisfies InstanceReply)
      })
  )
}
