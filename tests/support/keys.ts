import { randomBytes } from 'node:crypto'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { GroupId, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { Identity, PublicKey, type Reader } from '../../protocol/keys.ts'

export const drawGroup = () => v.parse(GroupId, randomBytes(16).toString('base64url'))
export const drawTicket = () => v.parse(TicketId, randomBytes(16).toString('base64url'))

/** Somebody with keys. */
export async function drawReader(name: string): Promise<{ reader: Reader; identity: Identity }> {
  const identity = v.parse(Identity, await generateX25519Identity())
  const publicKey = v.parse(PublicKey, await identityToRecipient(identity))
  return { identity, reader: { technician: v.parse(TechnicianId, name), publicKey } }
}
