import { expect, test } from 'vitest'
import { stretch } from '../../../desk/keys/password.ts'
import { toBase64url } from '../../../peer/base64url.ts'

const INSTANCE = 'AAAAAAAAAAAAAAAAAAAAAA'

/** Made with Python's hashlib: pbkdf2_hmac('sha256', password, sha256(salt), 600000, 64), its first and its last 32 bytes. */
const SIGN_IN_KEY = 'kyIc63hJ83y1VkZo7PbDgDSh-79oCr5SgthnpqYQ394'
const VAULT_KEY = 'HaN2YlfHckrQIrXcqFVs4-KzeJX5o7yK5KDOj46W4Uw'

test('both halves are what another implementation makes of the same', async () => {
  const { signInKey, vaultKey } = await stretch('correct horse \u00e9', INSTANCE, 'marie@example.org')
  expect(signInKey).toBe(SIGN_IN_KEY)
  expect(toBase64url(vaultKey)).toBe(VAULT_KEY)
})

test('the same address and password typed otherwise give the same key', async () => {
  const { signInKey } = await stretch('correct horse e\u0301', INSTANCE, '  Marie@Example.org ')
  expect(signInKey).toBe(SIGN_IN_KEY)
})

test('another server gives another key', async () => {
  const { signInKey } = await stretch('correct horse \u00e9', 'BAAAAAAAAAAAAAAAAAAAAA', 'marie@example.org')
  expect(signInKey).not.toBe(SIGN_IN_KEY)
})
