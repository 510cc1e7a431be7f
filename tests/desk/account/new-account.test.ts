import { expect, test } from 'vitest'
import { newAccounts } from '../../../desk/account/new-account.ts'
import { openWithRecoveryCode } from '../../../desk/keys/vault.ts'
import { ServerClient } from '../../../desk/server/server.ts'
import type { SetupRequest } from '../../../protocol/account.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import { serve } from '../../signalling/support/server.ts'

const EMAIL = 'ada@example.org'
const PASSWORD = 'a rather long passphrase'

/** A form on a fresh server: its first request is taken, and the answer lost. */
async function openForm() {
  const running = await serve()
  const { account } = new ServerClient({ origin: running.url })
  const { signal } = new AbortController()
  const about = {
    setupToken: running.setupToken ?? '',
    organisation: 'Example',
    group: 'Support',
    name: 'Ada',
  } as const
  let lost = false
  const register = async (keys: Pick<SetupRequest, 'signInKey' | 'vault'>) => {
    const reply = await account.setUp({ ...about, email: EMAIL, language: 'en', ...keys }, signal)
    if (lost) return reply
    lost = true
    throw new RefusedError({ code: 'unavailable' })
  }
  const make = newAccounts(running.url, 'AAAAAAAAAAAAAAAAAAAAAA')
  await expect(make({ email: EMAIL, password: PASSWORD, register, signal })).rejects.toThrow('unavailable')
  return { make, register, signal }
}

test('an account whose answer was lost is found again, with the recovery code that opens its vault', async () => {
  const { make, register, signal } = await openForm()
  const { reply, recoveryCode, identity } = await make({ email: EMAIL, password: PASSWORD, register, signal })
  expect(reply.me.email).toBe(EMAIL)
  if (!reply.vault) throw new Error('the account has a vault')
  expect(await openWithRecoveryCode(reply.vault, recoveryCode)).toBe(identity)
})

test('with another password the link is simply used up', async () => {
  const { make, register, signal } = await openForm()
  await expect(make({ email: EMAIL, password: `${PASSWORD}!`, register, signal })).rejects.toThrow('setup-over')
})
