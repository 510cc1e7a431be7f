import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stretch } from '../../desk/keys/password.ts'
import { openVault } from '../../desk/keys/vault.ts'
import { checkServer } from '../../desk/server/server.ts'
import type { BrowserName } from '../../scripts/browsers.ts'
import { startTestServer } from '../support/server.ts'
import { joinTeam, share, signIn } from '../support/team.ts'
import { openTechnician, PASSWORD } from '../support/technician.ts'

let over: AbortController
beforeEach(() => {
  over = new AbortController()
})
afterEach(() => over.abort())

/** The part of the extension API that the test calls in the desk's page. */
declare const chrome: { alarms: { create(name: string, when: { periodInMinutes: number }): void } }

test.each<BrowserName>(['chromium', 'firefox'])(
  'P3 G3 the background in %s gives a new colleague the group’s keys, with no desk open',
  async (browser) => {
    const { signal } = over
    const { url, setupLink } = await startTestServer({ signal })
    const desk = await openTechnician(setupLink, { browser, signal })
    const marie = await adminElsewhere(url, 'marie@acme.example')
    const { invite, group } = await joinTeam({ url }, marie)
    // From here on Grace cannot make the keys herself: she must be given them.
    const made = async () => (await marie.server.keyrings()).groups[0]?.keyring
    await vi.waitFor(async () => expect(await made()).toMatchObject({ revision: 1 }), { timeout: 30_000 })
    // Another page keeps the browser open; the alarm comes each second instead of each minute.
    await desk.page.browser().newPage()
    await desk.page.evaluate(() => chrome.alarms.create('share-keyrings', { periodInMinutes: 1 / 60 }))
    await desk.page.close()

    const grace = await invite('Grace', [group])
    await vi.waitFor(async () => expect((await share(grace)).get(group)?.kind).toBe('ready'), {
      timeout: 60_000,
      interval: 500,
    })
  },
)

/** The admin of the desk, by another device that has the password and shares nothing. */
async function adminElsewhere(url: string, email: string) {
  const found = await checkServer(url)
  if (found.kind !== 'deskside') throw new Error('the server of the test')
  const { signInKey, vaultKey } = await stretch(PASSWORD, found.instance.instance, email)
  const { me, vault, server } = await signIn({ url }, email, signInKey)
  if (!vault) throw new Error('the sign-up keeps one')
  return { me, server, signInKey, vaultKey, recoveryCode: '', identity: await openVault(vault, vaultKey) }
}
