import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { addressKey, clientAddress } from '../address.ts'
import type { Client, Who } from '../auth/technician.ts'
import type { Services } from '../services.ts'

/** Hono's environment here: Node's request and response behind the standard ones. */
export type Env = {
  Bindings: HttpBindings
  Variables: {
    /** Looks again at what the route required; `readBody` does when the body is here. */
    stillMay?: () => Promise<unknown>
  }
}

/** What attempts are counted by. */
export function addressOf(services: Pick<Services, 'config'>, c: Context<Env>): string {
  return addressKey(fullAddressOf(services, c))
}

function fullAddressOf({ config }: Pick<Services, 'config'>, c: Context<Env>): string {
  const peer = c.env.incoming.socket.remoteAddress
  return clientAddress(peer, c.req.header('x-forwarded-for'), config.trustedProxies)
}

/** The browser that signs in, as the list of sign-ins shows it. */
export function clientOf(services: Pick<Services, 'config'>, c: Context<Env>): Client {
  return { userAgent: c.req.header('user-agent') ?? '', address: fullAddressOf(services, c) }
}

/** The token of `Authorization: Bearer …`. */
export function bearerToken(c: Context<Env>): string | undefined {
  return /^Bearer ([\w.%+/=-]{16,512})$/i.exec(c.req.header('authorization') ?? '')?.[1]
}

/** @throws RefusedError `unauthenticated` unless a technician is signed in with the request's token. */
export async function requireTechnician(services: Pick<Services, 'auth'>, c: Context<Env>): Promise<Who> {
  return await admit(c, () => findTechnician(services, c))
}

/** @throws RefusedError `unauthenticated`, or `forbidden` for a technician who is no admin. */
export async function requireAdmin(services: Pick<Services, 'auth'>, c: Context<Env>): Promise<Who> {
  return await admit(c, async () => {
    const who = await findTechnician(services, c)
    if (!who.technician.admin) throw new RefusedError({ code: 'forbidden' })
    return who
  })
}

/** A body may take its time to come: rights that end meanwhile are not used. */
async function admit(c: Context<Env>, look: () => Promise<Who>): Promise<Who> {
  c.set('stillMay', look)
  return await look()
}

async function findTechnician({ auth }: Pick<Services, 'auth'>, c: Context<Env>): Promise<Who> {
  const token = bearerToken(c)
  const signedIn = token === undefined ? undefined : await auth.authenticate(token)
  if (token === undefined || !signedIn) throw new RefusedError({ code: 'unauthenticated' })
  return { ...signedIn, token }
}

/** The `:id` of the path. @throws RefusedError `not-found` where it is none of the kind: then there is no such thing either. */
export function readId<Schema extends v.GenericSchema<unknown, string>>(
  c: Context<Env>,
  schema: Schema,
  about: string,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, c.req.param('id'))
  if (!read.success) throw new RefusedError({ code: 'not-found', about })
  return read.output
}
