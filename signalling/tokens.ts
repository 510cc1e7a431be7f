import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { GroupId, InvitationId, OutboxId, type TechnicianId, TicketId, Token } from '../protocol/ids.ts'
import type { Attended } from '../protocol/socket.ts'

/** 32 random bytes, base64url (43 characters): a join token, or what stands in a link. */
export function drawToken(): Token {
  return v.parse(Token, randomBytes(32).toString('base64url'))
}

/** 16 random bytes, base64url (22 characters); these and those below. */
export function drawTicketId(): TicketId {
  return v.parse(TicketId, draw16())
}

export function drawGroupId(): GroupId {
  return v.parse(GroupId, draw16())
}

export function drawInvitationId(): InvitationId {
  return v.parse(InvitationId, draw16())
}

export function drawOutboxId(): OutboxId {
  return v.parse(OutboxId, draw16())
}

function draw16(): string {
  return randomBytes(16).toString('base64url')
}

/** Names a technician to the customer of one ticket, 16 bytes, base64url: it says nothing of who that is on another one. */
export function whoAttends(ticket: TicketId, technician: TechnicianId): Attended['who'] {
  return createHash('sha256').update(`attended|${ticket}|${technician}`).digest().subarray(0, 16).toString('base64url')
}

declare const hashed: unique symbol

/** SHA-256 of a token, base64url: what the database keeps. The tokens are random, so no salt or stretching is needed. */
export type TokenHash = string & { readonly [hashed]: true }

export function hashToken(token: string): TokenHash {
  return createHash('sha256').update(token).digest('base64url') as TokenHash
}
