import * as v from 'valibot'
import { InstanceReply } from '../../protocol/account.ts'
import { Refusal, RefusedError } from '../../protocol/errors.ts'
import { IceReply, JoinReply, type JoinRequest } from '../../protocol/http.ts'
import type { Token } from '../../protocol/ids.ts'
import type { RatingRequest } from '../../protocol/rating.ts'

/** Trades a lookup for a seat. @throws RefusedError, `unavailable` where the server cannot be reached. */
export function join(request: JoinRequest, signal: AbortSignal): Promise<JoinReply> {
  const headers = { 'content-type': 'application/json' }
  return ask('/api/join', JoinReply, { method: 'POST', headers, body: JSON.stringify(request), signal })
}

/** The servers that help two browsers find each other. @throws RefusedError */
export function iceServers(token: Token, signal: AbortSignal): Promise<IceReply> {
  return ask('/api/ice', IceReply, { headers: { authorization: `Bearer ${token}` }, signal })
}

/** Says that the help was not asked for, also while the page is being closed. @throws RefusedError */
export async function sayNotAsked(token: Token, signal: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const { ok, body } = await exchange('/api/join/not-asked', { method: 'POST', headers, keepalive: true, signal })
  if (!ok) throw refusedBy(body)
}

/** Says what a session was like, also when its seat is given up. @throws RefusedError */
export async function sayRating(token: Token, rating: RatingRequest, signal: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify(rating)
  const reply = await exchange('/api/join/rating', { method: 'POST', headers, body, keepalive: true, signal })
  if (!reply.ok) throw refusedBy(reply.body)
}

/** Whose help desk this is; undefined where the server does not say. */
export async function organisationName(signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await ask('/api/instance', InstanceReply, { signal })).organisation ?? undefined
  } catch {
    return undefined
  }
}

async function ask<T>(path: string, schema: v.GenericSchema<unknown, T>, init: RequestInit): Promise<T> {
  const { ok, body } = await exchange(path, init)
  const reply = v.safeParse(schema, body)
  if (ok && reply.success) return reply.output
  throw refusedBy(body)
}

function refusedBy(body: unknown): RefusedError {
  const refusal = v.safeParse(Refusal, body)
  return new RefusedError(refusal.success ? refusal.output : { code: 'unavailable' })
}

async function exchange(path: string, init: RequestInit): Promise<{ ok: boolean; body: unknown }> {
  try {
    const response = await fetch(path, init)
    return { ok: response.ok, body: response.status === 204 ? undefined : await response.json() }
  } catch {
    init.signal?.throwIfAborted()
    throw new RefusedError({ code: 'unavailable' })
  }
}
