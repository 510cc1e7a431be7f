import type { OpenKeyring } from '../../desk/keys/keyring.ts'
import { openForRoom, roomKeys, sealForRoom } from '../../desk/rooms/room-seal.ts'

/** What a member writes into a context, and reads there, with the keys that the keyring has. */
export async function sealForGroup(keyring: OpenKeyring, context: string, bytes: Uint8Array<ArrayBuffer>) {
  return await sealForRoom(await roomKeys(keyring, context), bytes)
}

/** @throws GroupSealError */
export async function openForGroup(keyring: OpenKeyring, context: string, sealed: Uint8Array<ArrayBuffer>) {
  return await openForRoom(await roomKeys(keyring, context), sealed)
}
