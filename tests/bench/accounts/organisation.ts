import { stretch } from '../../../desk/keys/password.ts'
import { makeVault } from '../../../desk/keys/vault.ts'
import { checkServer, ServerClient } from '../../../desk/server/server.ts'
import type { SignedIn } from '../../../protocol/account.ts'
import type { PublicKey } from '../../../protocol/keys.ts'
import { type Server, startServer } from '../signalling/children.ts'
import { deskside } from '../signalling/peers/deskside.ts'

export const ADMIN = { email: 'ada@example.org', password: 'a rather long passphrase' }

/** Our own server in a process of its own, set up as a person would, with real keys. */
export type Organisation = {
  server: Server
  origin: string
  client: ServerClient
  instance: string
  admin: SignedIn
  /** Of the admin's identity. */
  publicKey: PublicKey
} & AsyncDisposable

export async function startOrganisation(env: Record<string, string>, signal: AbortSignal): Promise<Organisation> {
  const server = await startServer({ ...deskside, env: { ...deskside.env, ...env } }, signal)
  const origin = `http://127.0.0.1:${server.port}`
  const checked = await checkServer(origin, signal)
  if (checked.kind !== 'deskside') throw new Error(`the server is ${checked.kind}`)
  const { instance } = checked.instance
  const { signInKey, vaultKey } = await stretch(ADMIN.password, instance, ADMIN.email)
  const { vault } = await makeVault(vaultKey)
  const setupToken = (await server.line('/setup#')).split('#')[1] ?? ''
  const account = { name: 'Ada', email: ADMIN.email, language: 'en', signInKey, vault } as const
  const body = { setupToken, organisation: 'Bench', group: 'Support', ...account }
  const admin = await new ServerClient({ origin }).account.setUp(body, signal)
  const client = new ServerClient({ origin, token: () => admin.token })
  const { publicKey } = vault
  return {
    server,
    origin,
    client,
    instance,
    admin,
    publicKey,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
