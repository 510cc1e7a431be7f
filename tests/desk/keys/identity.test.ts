import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { forgetIdentity, keepIdentity, readIdentity } from '../../../desk/keys/identity.ts'
import { TechnicianId } from '../../../protocol/ids.ts'
import { drawReader } from '../../support/keys.ts'

const ada = v.parse(TechnicianId, 'ada')
const grace = v.parse(TechnicianId, 'grace')

test('the kept identity opens what was sealed to it, and cannot be taken out', async () => {
  for (let count = 0; count < 5; count++) {
    const { identity, reader } = await drawReader('ada')
    await keepIdentity(ada, identity)
    const held = await readIdentity(ada)
    if (!(held instanceof CryptoKey)) throw new Error('this runtime has X25519')
    expect(await identityToRecipient(held)).toBe(reader.publicKey)
    const encrypter = new Encrypter()
    encrypter.addRecipient(reader.publicKey)
    const decrypter = new Decrypter()
    decrypter.addIdentity(held)
    expect(await decrypter.decrypt(await encrypter.encrypt('words'), 'text')).toBe('words')
    await expect(crypto.subtle.exportKey('pkcs8', held)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('jwk', held)).rejects.toThrow()
  }
})

test('each account has its own, until it is forgotten', async () => {
  const { identity } = await drawReader('ada')
  await keepIdentity(ada, identity)
  expect(await readIdentity(grace)).toBeUndefined()
  await forgetIdentity(ada)
  expect(await readIdentity(ada)).toBeUndefined()
})
