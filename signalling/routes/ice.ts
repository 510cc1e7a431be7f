import { createHmac, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import type { IceReply } from '../../protocol/http.ts'
import { type Time, Token } from '../../protocol/ids.ts'
import type { Config, Turn } from '../config.ts'
import type { Services } from '../services.ts'
import { findJoin } from '../store/joins.ts'
import { bearerToken, type Env } from './request.ts'

export function iceRoutes(services: Services): Hono<Env> {
  const { auth, store, config } = services
  return (
    new Hono<Env>()
      // Lets in: a technician, or a customer with a join token.
      .get('/ice', async (c) => {
        const token = v.safeParse(Token, bearerToken(c))
        const now = Date.now()
        const known =
          token.success && ((await findJoin(store, token.output, now)) ?? (await auth.authenticate(token.output)))
        if (!known) throw new RefusedError({ code: 'unauthenticated' })
        return c.json(iceServers(config, now, randomBytes(12).toString('base64url')))
      })
  )
}

const WITHOUT_TURN_MS = 3_600_000

/** What RTCPeerConnection gets; `id` tells one caller of the relay from another in its log, and is random. */
export function iceServers({ stunUrls, turn }: Pick<Config, 'stunUrls' | 'turn'>, now: Time, id: string): IceReply {
  const stun = stunUrls.length > 0 ? [{ urls: stunUrls }] : []
  if (!turn) return { iceServers: stun, expiresAt: now + WITHOUT_TURN_MS }
  const expiry = Math.floor(now / 1000) + turn.ttlSeconds
  return { iceServers: [...stun, { urls: turn.urls, ...credentials(turn, expiry, id) }], expiresAt: expiry * 1000 }
}

/** Credentials as coturn's `use-auth-secret` expects them: the user is `expiry:id`, the password its HMAC-SHA1. */
function credentials({ secret }: Turn, expiry: number, id: string): { username: string; credential: string } {
  const username = `${expiry}:${id}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
