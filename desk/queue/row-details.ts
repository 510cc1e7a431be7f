import * as v from 'valibot'
import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import { sealToGroup } from '../../peer/seal-to-group.ts'
import { Details } from '../../protocol/details.ts'
import type { SealedDetails } from '../../protocol/http.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { Sealed } from '../../protocol/rooms.ts'
import { openSealedToGroup } from '../keys/group-seal.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import { openForRoom, roomKeys, sealForRoom } from '../rooms/room-seal.ts'

/** Details that rest on the server's row: of a ticket that is resolved, or on its way to another group. */

const context = (ticket: TicketId) => `details:${ticket}`

/** For the group that the ticket is in. */
export async function sealDetails(keyring: OpenKeyring, ticket: TicketId, details: Details): Promise<Sealed> {
  return toBase64url(await sealForRoom(await roomKeys(keyring, context(ticket)), bytesOf(details)))
}

/** For a group whose keys one need not have. */
export async function sealDetailsFor(publicKey: PublicKey, details: Details): Promise<Sealed> {
  return toBase64url(await sealToGroup(publicKey, bytesOf(details)))
}

/** @throws GroupSealError @throws ValiError where it is not what a desk seals */
export async function openDetails(keyring: OpenKeyring, ticket: TicketId, row: SealedDetails): Promise<Details> {
  const sealed = fromBase64url(row.sealed)
  const bytes =
    row.kind === 'moved'
      ? await openSealedToGroup(keyring, sealed)
      : await openForRoom(await roomKeys(keyring, context(ticket)), sealed)
  return v.parse(Details, JSON.parse(new TextDecoder().decode(bytes)))
}

function bytesOf(details: Details): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(details))
}
