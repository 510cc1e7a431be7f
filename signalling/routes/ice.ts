import { createHmac } from 'node:crypto'
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
  const { auth, store, config, throttles } = services
  return (
    new Hono<Env>()
      // Lets in: a technician, or a customer with a join token.
      .get('/ice', async (c) => {
        const token = v.safeParse(Token, bearerToken(c))
        const now = Date.now()
        const join = token.success ? await findJoin(store, token.output, now) : undefined
        const signedIn = token.success && !join ? await auth.authenticate(token.output) : undefined
        const caller = join?.id ?? signedIn?.session
        if (caller === undefined) throw new RefusedError({ code: 'unauthenticated' })
        await throttles.icePerCaller.take(caller)
        return c.json(iceServers(config, { id: caller, until: join?.expiresAt }, now))
      })
  )
}

const WITHOUT_TURN_MS = 3_600_000

/** A join or a sign-in. `until`: the credentials are not good for longer. */
type Caller = { id: string; until: Time | undefined }

/** What RTCPeerConnection gets. */
function iceServers({ stunUrls, turn }: Pick<Config, 'stunUrls' | 'turn'>, caller: Caller, now: Time): IceReply {
  const stun = stunUrls.length > 0 ? [{ urls: stunUrls }] : []
  if (!turn) return { iceServers: stun, expiresAt: now + WITHOUT_TURN_MS }
  const until = Math.min(now + turn.ttlSeconds * 1000, caller.until ?? Number.POSITIVE_INFINITY)
  const expiry = Math.floor(until / 1000)
  const relay = { urls: turn.urls, ...credentials(turn, expiry, nameOf(caller, turn)) }
  return { iceServers: [...stun, relay], expiresAt: expiry * 1000 }
}

/** The same for each request of one caller, whom the relay's `user-quota` counts by it; to the relay and its log it says nothing of who it is. */
function nameOf({ id }: Caller, { secret }: Turn): string {
  return createHmac('sha256', secret).update(`caller ${id}`).digest().subarray(0, 12).toString('base64url')
}

/** Credentials as coturn's `use-auth-secret` expects them: the user is `expiry:id`, the password its HMAC-SHA1. */
function credentials({ secret }: Turn, expiry: number, id: string): { username: string; credential: string } {
  const username = `${expiry}:${id}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
