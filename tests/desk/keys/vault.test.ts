import { Decrypter } from 'age-encryption'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { drawRecoveryCode } from '../../../desk/keys/recovery-code.ts'
import { makeVault, openVault, openWithRecoveryCode, sealAgain, WrongKeyError } from '../../../desk/keys/vault.ts'
import { fromBase64url, toBase64url } from '../../../peer/base64url.ts'
import { Vault } from '../../../protocol/keys.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)

/** Of two accounts with the same password: to seal is slow on purpose, and no test changes them. */
const made = makeVault(key(1))
const madeElsewhere = makeVault(key(1))

test('a vault opens by the password and by the printed code, to the same identity', async () => {
  const { vault, recoveryCode, identity } = await made
  expect(v.is(Vault, vault)).toBe(true)
  expect(await openVault(vault, key(1))).toBe(identity)
  expect(await openWithRecoveryCode(vault, ` ${recoveryCode.toLowerCase().replaceAll('-', ' ')} `)).toBe(identity)
})

test('nothing else opens it', async () => {
  const { vault, recoveryCode } = await made
  await expect(openVault(vault, key(2))).rejects.toThrow(WrongKeyError)
  await expect(openWithRecoveryCode(vault, drawRecoveryCode())).rejects.toThrow(WrongKeyError)
  await expect(openWithRecoveryCode(vault, 'my dog')).rejects.toThrow(WrongKeyError)
  const other = await madeElsewhere
  await expect(openWithRecoveryCode(other.vault, recoveryCode)).rejects.toThrow(WrongKeyError)
})

test('sealed again it is the same identity under a new password and a new code; the code before is void', async () => {
  const { vault, recoveryCode, identity } = await made
  const again = await sealAgain(identity, key(2))
  expect(again.vault.publicKey).toBe(vault.publicKey)
  expect(again.recoveryCode).not.toBe(recoveryCode)
  expect(await openVault(again.vault, key(2))).toBe(identity)
  await expect(openVault(again.vault, key(1))).rejects.toThrow(WrongKeyError)
  await expect(openWithRecoveryCode(again.vault, recoveryCode)).rejects.toThrow(WrongKeyError)
})

test('a vault that was tampered with, or given another public key, is refused', async () => {
  const { vault } = await made
  const bytes = fromBase64url(vault.byPassword)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await expect(openVault({ ...vault, byPassword: toBase64url(bytes) }, key(1))).rejects.toThrow(WrongKeyError)
  await expect(openVault({ ...vault, byPassword: vault.byPassword.slice(0, 100) }, key(1))).rejects.toThrow(
    WrongKeyError,
  )
  const { publicKey } = (await madeElsewhere).vault
  await expect(openVault({ ...vault, publicKey }, key(1))).rejects.toThrow(WrongKeyError)
})

test('it is an age file that any age opens with the key as the passphrase', async () => {
  const { vault, identity } = await made
  const decrypter = new Decrypter()
  decrypter.addPassphrase(toBase64url(key(1)))
  expect(await decrypter.decrypt(fromBase64url(vault.byPassword), 'text')).toBe(identity)
})
