import { expect, test } from 'vitest'
import { keepAccountState } from '../../../desk/account/account.ts'
import { openTeam, signIn } from '../../support/team.ts'

// There is no IndexedDB here, as in the private windows of some browsers.
test('where nothing can be kept one signs in all the same, and out', async () => {
  const { running, admin } = await openTeam()
  const { me, token } = await signIn(running, admin.me.email, admin.signInKey)
  const account = keepAccountState()
  await account.enter(running.url, { kind: 'signed-in', me, token, vault: null })
  expect(account.state.value).toEqual({ kind: 'signed-in', account: { origin: running.url, me, token } })
  await account.update({ ...me, name: 'Ada L.' })
  expect(account.state.value).toMatchObject({ account: { me: { name: 'Ada L.' } } })
  await account.leave()
  expect(account.state.value).toEqual({ kind: 'signed-out', last: { origin: running.url, email: me.email } })
  expect((await running.ask('/api/me', undefined, token)).status).toBe(401)
})
