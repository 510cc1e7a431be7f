import * as v from 'valibot'
import { Bytes16, Bytes32, GroupId, TechnicianId, Time } from './ids.ts'

/** The sealed keys that the server keeps and cannot open: each technician's vault, each group's keyring. All are age files. */

/** An age recipient (X25519). */
export const PublicKey = v.pipe(v.string(), v.regex(/^age1[02-9ac-hj-np-z]{58}$/), v.brand('PublicKey'))
export type PublicKey = v.InferOutput<typeof PublicKey>

/** An age identity (X25519): the private half of a `PublicKey`. Travels sealed only. */
export const Identity = v.pipe(v.string(), v.regex(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/))
export type Identity = v.InferOutput<typeof Identity>

/** An age file, base64url without padding. */
const AgeFile = (maxLength: number) =>
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(64), v.maxLength(maxLength))

/** The account's age identity, sealed twice: by the password's other half and by the printed recovery code. */
export const Vault = v.strictObject({
  publicKey: PublicKey,
  byPassword: AgeFile(2048),
  byRecoveryCode: AgeFile(2048),
})
export type Vault = v.InferOutput<typeof Vault>

/**
 * What the holder of a link to reset a password gets of the vault: who reads somebody's mail must not get the part at which
 * passwords can be tried.
 */
export const RecoverableVault = v.omit(Vault, ['byPassword'])
export type RecoverableVault = v.InferOutput<typeof RecoverableVault>

/** `POST /api/me/vault`. A technician: for an account that has none, or with a new recovery code (same `publicKey`). 204. */
export const KeepVaultRequest = v.strictObject({ signInKey: Bytes32, vault: Vault })
export type KeepVaultRequest = v.InferOutput<typeof KeepVaultRequest>

/** `GET /api/me/vault`. A technician: one's own, to seal it anew. */
export const VaultReply = v.strictObject({ vault: v.nullable(Vault) })
export type VaultReply = v.InferOutput<typeof VaultReply>

/** Somebody who is to read a group's keyring. */
export const Reader = v.strictObject({ technician: TechnicianId, publicKey: PublicKey })
export type Reader = v.InferOutput<typeof Reader>

/** Somebody with another public key is another reader: the key before may be in wrong hands. */
export function isAmong(reader: Reader, readers: readonly Reader[]): boolean {
  return readers.some(({ technician, publicKey }) => technician === reader.technician && publicKey === reader.publicKey)
}

/** A group's keyring as the server keeps it. */
export const SealedKeyring = v.strictObject({
  /** Counts every time that it was sealed; compare-and-set. */
  revision: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Counts the keys in it: one more whenever somebody stopped being a reader. */
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The group's own recipient of this epoch: whoever is not a member seals to it. */
  publicKey: PublicKey,
  /** Opens to `Keyring`. */
  sealed: AgeFile(256 * 1024),
  /** To whom it was sealed. */
  readers: v.array(Reader),
  sealedAt: Time,
})
export type SealedKeyring = v.InferOutput<typeof SealedKeyring>

/**
 * `GET /api/keyrings`. A technician: of each group that one is to read, the keyring and who is to read it now (members and
 * admins, all active). A keyring must be sealed anew while `wanted` and the keyring's `readers` differ.
 */
export const KeyringsReply = v.strictObject({
  groups: v.array(
    v.strictObject({
      group: GroupId,
      /** Null until the first reader's browser made one. */
      keyring: v.nullable(SealedKeyring),
      wanted: v.array(Reader),
    }),
  ),
})
export type KeyringsReply = v.InferOutput<typeof KeyringsReply>

/**
 * `POST /api/groups/:id/keyring`. One of `wanted`. Refused with `conflict` where `after` is not the present revision, where
 * `readers` is not what the server wants now, or where somebody stopped being a reader and the epoch did not grow by one.
 * With `anew` an admin only: `forbidden` for others. The reply is `SealedKeyring`.
 */
export const SealKeyringRequest = v.strictObject({
  /** The revision that this one follows; 0 for the first. */
  after: v.pipe(v.number(), v.integer(), v.minValue(0)),
  epoch: SealedKeyring.entries.epoch,
  publicKey: PublicKey,
  sealed: SealedKeyring.entries.sealed,
  readers: SealedKeyring.entries.readers,
  /** A fresh epoch in the place of a keyring that nobody who is left can open, or that is nonsense. */
  anew: v.optional(v.literal(true)),
})
export type SealKeyringRequest = v.InferOutput<typeof SealKeyringRequest>

/** What a keyring holds, as JSON, readable by its readers only. The newest epoch first. */
export const Keyring = v.strictObject({
  group: GroupId,
  keys: v.pipe(
    v.array(
      v.strictObject({
        epoch: SealedKeyring.entries.epoch,
        /** The age identity behind `SealedKeyring.publicKey`. */
        identity: Identity,
        /** Seals what the group writes (AES-256-GCM). */
        key: Bytes32,
        /** Password of the group's room in the mesh. */
        room: Bytes16,
      }),
    ),
    v.minLength(1),
  ),
})
export type Keyring = v.InferOutput<typeof Keyring>
