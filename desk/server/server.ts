import * as v from 'valibot'
import { InstanceReply } from '../../protocol/account.ts'
import { Refusal, RefusedError } from '../../protocol/errors.ts'
import { IceReply } from '../../protocol/http.ts'
import type { GroupId, Token } from '../../protocol/ids.ts'
import {
  type KeepVaultRequest,
  KeyringsReply,
  SealedKeyring,
  type SealKeyringRequest,
  VaultReply,
} from '../../protocol/keys.ts'
import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { accountRoutes } from './server-account.ts'

/** No route of the server takes this long, in ms. */
const TIMEOUT_MS = 15_000
/** A piece of an image or a recording over a slow line, in ms. */
const BYTES_TIMEOUT_MS = 60_000

export type ServerOptions = {
  /** `https://help.example.org`, without a slash at the end. */
  origin: string
  /** Asked before each request, because a new sign-in brings a new one. */
  token?: () => Token | undefined
  /** A request that carried a token was answered `unauthenticated`. */
  onSignInOver?: () => void
}

type Call<S extends v.GenericSchema> = {
  method?: 'GET' | 'POST'
  body?: unknown
  reply: S
  signal?: AbortSignal | undefined
}

/** One request to a route, with the token if there is one. */
export type ServerCall = <S extends v.GenericSchema>(path: string, call: Call<S>) => Promise<v.InferOutput<S>>

/**
 * The server's HTTP routes. Every call throws `RefusedError`: what the server refused, `unavailable` where it was
 * not reached, `version` where its reply is none that this version knows. An aborted call throws the signal's reason.
 */
export class ServerClient {
  readonly origin: string
  readonly #token: () => Token | undefined
  readonly #onSignInOver: () => void

  constructor({ origin, token = () => undefined, onSignInOver = () => {} }: ServerOptions) {
    this.origin = origin
    this.#token = token
    this.#onSignInOver = onSignInOver
  }

  readonly account = accountRoutes((path, call) => this.call(path, call))

  vault = (signal?: AbortSignal) => this.call('/api/me/vault', { reply: VaultReply, signal })

  keepVault = (body: KeepVaultRequest, signal?: AbortSignal) =>
    this.call('/api/me/vault', { method: 'POST', body, reply: v.unknown(), signal })

  keyrings = (signal?: AbortSignal) => this.call('/api/keyrings', { reply: KeyringsReply, signal })

  sealKeyring = (group: GroupId, body: SealKeyringRequest, signal?: AbortSignal) =>
    this.call(`/api/groups/${group}/keyring`, { method: 'POST', body, reply: SealedKeyring, signal })

  ice = (signal?: AbortSignal) => this.call('/api/ice', { reply: IceReply, signal })

  /** Sends bytes, or gets them where there are none to send. Refuses as `call` does. */
  async bytes(path: string, body?: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const token = this.#token()
    const limit = AbortSignal.timeout(BYTES_TIMEOUT_MS)
    const options = optionsOf(body ? 'POST' : 'GET', token, signal ? AbortSignal.any([signal, limit]) : limit)
    if (body) options.headers.set('content-type', 'application/octet-stream')
    let answer: { ok: boolean; status: number; bytes: Uint8Array<ArrayBuffer> }
    try {
      const response = await fetch(this.origin + path, { ...options, body: body ?? null })
      answer = { ok: response.ok, status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
    } catch {
      signal?.throwIfAborted()
      throw new RefusedError({ code: 'unavailable' })
    }
    if (answer.ok) return answer.bytes
    throw this.#refused(answer.status, readJson(new TextDecoder().decode(answer.bytes)), token)
  }

  /** What the routes of other files are made of, such as `server-people.ts`. `path` begins with `/api/`. */
  async call<S extends v.GenericSchema>(path: string, call: Call<S>): Promise<v.InferOutput<S>> {
    const token = this.#token()
    const { status, body } = await exchange(this.origin + path, call, token)
    if (status >= 200 && status < 300) {
      const reply = v.safeParse(call.reply, body)
      if (reply.success) return reply.output
      throw new RefusedError({ code: 'version' })
    }
    throw this.#refused(status, body, token)
  }

  #refused(status: number, body: unknown, token: Token | undefined): RefusedError {
    const refusal = v.safeParse(Refusal, body)
    if (!refusal.success) return new RefusedError({ code: status >= 500 ? 'unavailable' : 'version' })
    if (refusal.output.code === 'unauthenticated' && token) this.#onSignInOver()
    return new RefusedError(refusal.output)
  }
}

/** One request and its whole answer; `body` is undefined where it is not JSON. */
async function exchange(url: string, { method = 'GET', body, signal }: Call<v.GenericSchema>, token?: Token) {
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const options = optionsOf(method, token, signal ? AbortSignal.any([signal, limit]) : limit)
  options.headers.set('accept', 'application/json')
  if (body !== undefined) options.headers.set('content-type', 'application/json')
  try {
    const response = await fetch(url, { ...options, body: body === undefined ? null : JSON.stringify(body) })
    const text = await response.text()
    return { status: response.status, body: readJson(text) }
  } catch {
    signal?.throwIfAborted()
    throw new RefusedError({ code: 'unavailable' })
  }
}

/** Nothing but the token says who asks. */
function optionsOf(method: 'GET' | 'POST', token: Token | undefined, signal: AbortSignal) {
  const headers = new Headers(token && { authorization: `Bearer ${token}` })
  const plain = { credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' } as const
  return { method, headers, ...plain, signal }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What answers at an address that somebody pasted. */
export type ServerCheck =
  | { kind: 'deskside'; instance: InstanceReply }
  | { kind: 'other-version' }
  | { kind: 'not-deskside' }
  | { kind: 'unreachable' }

/** Asks an address whether it is a Deskside server that this version can talk to. Rejects only when aborted. */
export async function checkServer(origin: string, signal?: AbortSignal): Promise<ServerCheck> {
  const answer = await exchange(`${origin}/api/instance`, { reply: InstanceReply, signal }).catch(() => {
    signal?.throwIfAborted()
    return undefined
  })
  if (!answer) return { kind: 'unreachable' }
  const spoken = v.safeParse(v.object({ instance: v.string(), protocol: v.number() }), answer.body)
  if (!spoken.success) return { kind: answer.status >= 500 ? 'unreachable' : 'not-deskside' }
  const instance = v.safeParse(InstanceReply, answer.body)
  if (spoken.output.protocol !== PROTOCOL_VERSION || !instance.success) return { kind: 'other-version' }
  return { kind: 'deskside', instance: instance.output }
}
