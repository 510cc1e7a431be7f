import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import { MAX_SEALED_UPDATE } from '../../protocol/limits.ts'
import { boardRoom, caseRoom, type EarlierKey, type Sealed } from '../../protocol/rooms.ts'
import { newestKey, type OpenKeyring } from '../keys/keyring.ts'

/**
 * The seal of what a group writes: the group (16 bytes), the epoch (u32), a random nonce (12 bytes), and AES-256-GCM under a key that
 * is derived for one context, a room or a ticket's details. So a key that is handed on with a ticket opens nothing else.
 */

const GROUP_BYTES = 16
const EPOCH_AT = GROUP_BYTES
const NONCE_AT = EPOCH_AT + 4
const BOX_AT = NONCE_AT + 12
const TAG_BYTES = 16

/**
 * `no-key`: sealed by a group or with an epoch of which there is no key here; a newer keyring may have it. `tampered`: for another
 * context, cut short or changed.
 */
export class GroupSealError extends Error {
  override readonly name = 'GroupSealError'
  readonly why: 'no-key' | 'tampered'
  constructor(why: 'no-key' | 'tampered', options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}

type Owner = { group: GroupId; epoch: number }
export type RoomKey = Owner & { key: CryptoKey }

/** All keys at hand for one context. */
export type RoomKeys = {
  readonly context: string
  /** Seals. */
  readonly newest: RoomKey
  /** Open. By `ownerOf`. */
  readonly all: ReadonlyMap<string, CryptoKey>
  /** With it browsers that have the room open find each other; whoever was removed from the group does not know it. */
  readonly meshPassword: string
}

/**
 * @param context the room's name, or `details:TICKET`: what is sealed for one opens for no other
 * @param earlier what the groups before handed on, where the context is the case or the board of a ticket that was moved
 */
export async function roomKeys(
  keyring: OpenKeyring,
  context: string,
  earlier: readonly EarlierKey[] = [],
): Promise<RoomKeys> {
  const own = keyring.keys.map(async ({ epoch, key }) => {
    const owner = { group: keyring.group, epoch }
    return { ...owner, key: await importKey(await derive(key, context, owner)) }
  })
  const kind = context.split(':')[0]
  const others = kind === 'case' || kind === 'board' ? earlier : []
  const handed = others.map(async (one) => ({
    group: one.group,
    epoch: one.epoch,
    key: await importKey(fromBase64url(kind === 'case' ? one.case : one.board)),
  }))
  // One's own last: what somebody else handed on does not replace them.
  const all = await Promise.all([...handed, ...own])
  const { epoch, room } = newestKey(keyring)
  const newest = all.findLast((key) => key.group === keyring.group && key.epoch === epoch)
  if (!newest) throw new GroupSealError('no-key')
  const meshInfo = encode(['deskside mesh 1', keyring.group, epoch, context])
  const meshPassword = toBase64url(await hkdf(room, meshInfo, 16))
  return { context, newest, all: new Map(all.map((key) => [ownerOf(key), key.key])), meshPassword }
}

/** What the group to which a ticket goes needs to read what was written in its case and on its board. */
export async function earlierKeysOf({ group, keys }: OpenKeyring, ticket: TicketId): Promise<EarlierKey[]> {
  return await Promise.all(
    keys.map(async ({ epoch, key }) => ({
      group,
      epoch,
      case: toBase64url(await derive(key, caseRoom(ticket), { group, epoch })),
      board: toBase64url(await derive(key, boardRoom(ticket), { group, epoch })),
    })),
  )
}

export async function sealForRoom(
  { context, newest }: Pick<RoomKeys, 'context' | 'newest'>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(BOX_AT - NONCE_AT))
  const box = await crypto.subtle.encrypt(aead(context, newest, nonce), newest.key, bytes)
  const sealed = new Uint8Array(BOX_AT + box.byteLength)
  sealed.set(fromBase64url(newest.group))
  new DataView(sealed.buffer).setUint32(EPOCH_AT, newest.epoch)
  sealed.set(nonce, NONCE_AT)
  sealed.set(new Uint8Array(box), BOX_AT)
  return sealed
}

/**
 * As the mailbox takes it.
 * @throws RefusedError `too-large` where it never will
 */
export async function sealUpdate(keys: RoomKeys, update: Uint8Array): Promise<Sealed> {
  const sealed = toBase64url(await sealForRoom(keys, new Uint8Array(update)))
  if (sealed.length > MAX_SEALED_UPDATE) throw new RefusedError({ code: 'too-large', about: 'room' })
  return sealed
}

/** Whose key sealed it, as it says itself. @throws GroupSealError */
export function sealedBy(sealed: Uint8Array<ArrayBuffer>): { group: string; epoch: number } {
  if (sealed.byteLength < BOX_AT + TAG_BYTES) throw new GroupSealError('tampered')
  const group = toBase64url(sealed.subarray(0, GROUP_BYTES))
  return { group, epoch: new DataView(sealed.buffer, sealed.byteOffset).getUint32(EPOCH_AT) }
}

/** @throws GroupSealError */
export async function openForRoom(
  { context, all }: Pick<RoomKeys, 'context' | 'all'>,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { group, epoch } = sealedBy(sealed)
  const key = all.get(ownerOf({ group, epoch }))
  if (!key) throw new GroupSealError('no-key')
  try {
    const bound = aead(context, { group, epoch }, sealed.subarray(NONCE_AT, BOX_AT))
    return new Uint8Array(await crypto.subtle.decrypt(bound, key, sealed.subarray(BOX_AT)))
  } catch (cause) {
    throw new GroupSealError('tampered', { cause })
  }
}

export const ownerOf = ({ group, epoch }: { group: string; epoch: number }) => `${group} ${epoch}`

const encode = (parts: (string | number)[]) => new TextEncoder().encode(JSON.stringify(parts))

export function bindingOf(
  context: string,
  { group, epoch }: { group: string; epoch: number },
): Uint8Array<ArrayBuffer> {
  return encode(['deskside room 1', group, epoch, context])
}

function aead(context: string, owner: { group: string; epoch: number }, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: bindingOf(context, owner) }
}

async function derive(key: string, context: string, owner: Owner): Promise<Uint8Array<ArrayBuffer>> {
  return await hkdf(key, bindingOf(context, owner), 32)
}

/** @param length in bytes */
export async function hkdf(
  key: string,
  info: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const from = await crypto.subtle.importKey('raw', fromBase64url(key), 'HKDF', false, ['deriveBits'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, from, length * 8))
}

export async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
