import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { RefusedError } from '../../protocol/errors.ts'
import { addressKey, clientAddress } from '../address.ts'
import type { SignedIn } from '../auth.ts'
import type { Services } from '../services.ts'

/** Hono's environment here: Node's request and response behind the standard ones. */
export type Env = { Bindings: HttpBindings }

/** What attempts are counted by. */
export function addressOf({ config }: Pick<Services, 'config'>, c: Context<Env>): string {
  const peer = c.env.incoming.socket.remoteAddress
  return addressKey(clientAddress(peer, c.req.header('x-forwarded-for'), config.trustedProxies))
}

/** The token of `Authorization: Bearer …`. */
export function bearerToken(c: Context<Env>): string | undefined {
  return /^Bearer ([\w.%+/=-]{16,512})$/i.exec(c.req.header('authorization') ?? '')?.[1]
}

/** @throws RefusedError `unauthenticated` unless a technician is signed in with the request's token. */
export async function requireTechnician(
  { auth }: Pick<Services, 'auth'>,
  c: Context<Env>,
): Promise<SignedIn & { token: string }> {
  const token = bearerToken(c)
  const signedIn = token === undefined ? undefined : await auth.authenticate(token)
  if (token === undefined || !signedIn) throw new RefusedError({ code: 'unauthenticated' })
  return { ...signedIn, token }
}
