import { expect, test } from 'vitest'
import { signInKey } from '../../desk/password.ts'

const INSTANCE = 'AAAAAAAAAAAAAAAAAAAAAA'

/** Made with Python's hashlib: pbkdf2_hmac('sha256', password, sha256(salt), 600000, 64)[:32]. */
const VECTOR = 'kyIc63hJ83y1VkZo7PbDgDSh-79oCr5SgthnpqYQ394'

test('the sign-in half is what another implementation makes of the same', async () => {
  expect(await signInKey('correct horse \u00e9', INSTANCE, 'marie@example.org')).toBe(VECTOR)
})

test('the same address and password typed otherwise give the same key', async () => {
  expect(await signInKey('correct horse e\u0301', INSTANCE, '  Marie@Example.org ')).toBe(VECTOR)
})

test('another server gives another key', async () => {
  expect(await signInKey('correct horse \u00e9', 'BAAAAAAAAAAAAAAAAAAAAA', 'marie@example.org')).not.toBe(VECTOR)
})
