import { expect, test } from 'vitest'
import { resealAfterReset } from '../../../desk/keys/own-keys.ts'
import { makeVault, openVault, openWithRecoveryCode, WrongKeyError } from '../../../desk/keys/vault.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)

/** To seal is slow on purpose, and a reset leaves the vault before it as it was. */
const made = makeVault(key(1))

test('after a reset with the recovery code the keys are the same, and the code goes on being valid', async () => {
  const before = await made
  const after = await resealAfterReset(before.vault, before.recoveryCode.toLowerCase(), key(2))
  expect(after.recoveryCode).toBeUndefined()
  expect(after.vault.publicKey).toBe(before.vault.publicKey)
  expect(await openVault(after.vault, key(2))).toBe(before.identity)
  expect(await openWithRecoveryCode(after.vault, before.recoveryCode)).toBe(before.identity)
  await expect(openVault(after.vault, key(1))).rejects.toBeInstanceOf(WrongKeyError)
})

test('after a reset without it the keys are new, and so is the code', async () => {
  const before = await made
  const after = await resealAfterReset(before.vault, '', key(2))
  expect(after.vault.publicKey).not.toBe(before.vault.publicKey)
  expect(await openVault(after.vault, key(2))).not.toBe(before.identity)
  await expect(openWithRecoveryCode(after.vault, before.recoveryCode)).rejects.toBeInstanceOf(WrongKeyError)
  await expect(openWithRecoveryCode(after.vault, after.recoveryCode ?? '')).resolves.toMatch(/^AGE-SECRET-KEY-1/)
})

test('a recovery code of another account is refused before anything is lost', async () => {
  const [mine, other] = [await made, await makeVault(key(1))]
  await expect(resealAfterReset(mine.vault, other.recoveryCode, key(2))).rejects.toBeInstanceOf(WrongKeyError)
  await expect(resealAfterReset(mine.vault, 'not a code', key(2))).rejects.toBeInstanceOf(WrongKeyError)
})
