import { randomBytes } from 'node:crypto'
import { vi } from 'vitest'
import type { OpenKeyring } from '../../desk/keys/keyring.ts'
import { type Sharing, shareKeyrings } from '../../desk/keys/keyring-sharing.ts'
import { makeVault, type SealedVault } from '../../desk/keys/vault.ts'
import { ServerClient } from '../../desk/server/server.ts'
import { type ServerPeople, serverPeople } from '../../desk/server/server-people.ts'
import type { Me, SignedIn } from '../../protocol/account.ts'
import type { GroupId, Token } from '../../protocol/ids.ts'
import type { Identity, Vault } from '../../protocol/keys.ts'
import { type FreshServer, type Running, type serve, servePrepared } from '../signalling/support/server.ts'

/** A technician with real keys, signed in at a real server. */
export type Colleague = {
  me: Me
  signInKey: string
  vaultKey: Uint8Array
  recoveryCode: string
  identity: Identity
  server: ServerClient
}

/** An admin with the colleagues that take up invitations. */
export type Team = {
  admin: Colleague
  people: ServerPeople
  /** The first group, of which the admin is a member. */
  group: GroupId
  /** Somebody who took up an invitation. */
  invite(name: string, groups: GroupId[], admin?: boolean): Promise<Colleague>
  /** The colleague after a password that was forgotten: a reset by mail, with the vault that is left or made anew. */
  reset(colleague: Colleague, sealed: SealedVault & { identity: Identity }): Promise<Colleague>
}

/** A server of its own that is set up; it goes with the test. */
export async function openTeam(options: Parameters<typeof serve>[0] = {}): Promise<Team & { running: Running }> {
  const { entered, ...running } = await servePrepared('set up with real keys', setUpWithKeys, options)
  const admin = { ...entered, server: serverFor(running, entered.token) }
  // The next account has the next keys.
  taken.set(running.url, 1)
  return { running, ...(await joinTeam(running, admin)) }
}

async function setUpWithKeys(fresh: FreshServer) {
  const { account } = new ServerClient({ origin: fresh.url })
  const about = { setupToken: fresh.setupToken ?? '', organisation: 'Example', group: 'Support' }
  const give = (given: Given) => account.setUp({ ...about, ...given, email: address('Ada') })
  return { entered: await enter(fresh, 'Ada', give) }
}

/** @param admin of a server that is set up and has no mail server */
export async function joinTeam(running: Pick<Running, 'url'>, admin: Colleague): Promise<Team> {
  const anyone = new ServerClient({ origin: running.url })
  const people = serverPeople(admin.server)
  const [first] = (await people.people()).groups
  if (!first) throw new Error('setup makes a group')

  /** What stands behind the `#` of the link that is mailed to this address. */
  const mailedToken = (email: string, page: 'invitation' | 'reset') =>
    vi.waitFor(async () => {
      const { mails } = await people.outbox()
      const links = mails.filter(({ to }) => to === email).map(({ text }) => text.match(`/${page}#([\\w-]{43})`)?.[1])
      const token = links.find((link) => link !== undefined)
      if (token === undefined) throw new Error('no link was mailed yet')
      return token
    })

  async function invite(name: string, groups: GroupId[], isAdmin = false): Promise<Colleague> {
    const email = address(name)
    await people.invite({ language: 'en', invitees: [{ email, groups, admin: isAdmin, twoStep: false }] })
    const token = await mailedToken(email, 'invitation')
    const entered = await enter(running, name, (given) => anyone.account.redeemInvitation({ ...given, token }))
    return { ...entered, server: serverFor(running, entered.token) }
  }

  async function reset(colleague: Colleague, { vault, recoveryCode, identity }: SealedVault & { identity: Identity }) {
    const { email } = colleague.me
    await anyone.account.askReset({ email, language: 'en' })
    const signInKey = drawSignInKey()
    await anyone.account.redeemReset({ token: await mailedToken(email, 'reset'), signInKey, vault })
    const { me, server } = await signIn(running, email, signInKey)
    return { ...colleague, me, signInKey, recoveryCode, identity, server }
  }

  return { admin, people, group: first.id, invite, reset }
}

/**
 * Keys for the first, the second… account of a server, each drawn once: to seal a vault is slow on purpose. No two accounts of one
 * server have the same.
 */
const drawn: Promise<SealedVault & { identity: Identity; vaultKey: Uint8Array }>[] = []
const taken = new Map<string, number>()

async function drawKeys() {
  const vaultKey = new Uint8Array(randomBytes(32))
  return { vaultKey, ...(await makeVault(vaultKey)) }
}

function nextKeys({ url }: Pick<Running, 'url'>) {
  const at = taken.get(url) ?? 0
  taken.set(url, at + 1)
  drawn[at] ??= drawKeys()
  return drawn[at]
}

type Entered = Omit<Colleague, 'server'> & { token: Token }
type Given = { name: string; language: 'en'; signInKey: string; vault: Vault }

async function enter(
  running: Pick<Running, 'url'>,
  name: string,
  join: (given: Given) => Promise<SignedIn>,
): Promise<Entered> {
  const signInKey = drawSignInKey()
  const { vault, vaultKey, recoveryCode, identity } = await nextKeys(running)
  const { me, token } = await join({ name, language: 'en', signInKey, vault })
  return { me, token, signInKey, vaultKey, recoveryCode, identity }
}

const address = (name: string) => `${name.toLowerCase()}@example.org`
const drawSignInKey = () => randomBytes(32).toString('base64url')

function serverFor({ url }: Pick<Running, 'url'>, token: Token): ServerClient {
  return new ServerClient({ origin: url, token: () => token })
}

/** A sign-in without a second step. */
export async function signIn(running: Pick<Running, 'url'>, email: string, signInKey: string) {
  const reply = await new ServerClient({ origin: running.url }).account.signIn({ email, signInKey })
  if (reply.kind !== 'signed-in') throw new Error('no second step was set')
  return { me: reply.me, vault: reply.vault, token: reply.token, server: serverFor(running, reply.token) }
}

/** One round of sharing in this colleague's browser. */
export function share({ server, identity, me }: Pick<Colleague, 'server' | 'identity' | 'me'>): Promise<Sharing> {
  return shareKeyrings({ server, identity, technician: me.id, signal: AbortSignal.timeout(10_000) })
}

/** The group's keys as the colleague has them after a round. @throws Error where the colleague has none */
export async function keysOf(colleague: Parameters<typeof share>[0], group: GroupId): Promise<OpenKeyring> {
  const keys = (await share(colleague)).get(group)
  if (keys?.kind !== 'ready') throw new Error(`not ready: ${keys?.kind ?? 'no such group'}`)
  return keys.keyring
}
