import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetIdentity, keepIdentity } from '../../../desk/keys/identity.ts'
import { type Keyrings, openKeyrings } from '../../../desk/keys/keyrings.ts'
import { openWire } from '../../../desk/server/wire.ts'
import type { GroupId } from '../../../protocol/ids.ts'
import { serve } from '../../signalling/support/server.ts'
import { type Colleague, openTeam, signIn } from '../../support/team.ts'
import { giveWindow } from '../../support/window.ts'

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

/** The colleague's open desk, as far as the groups' keys go. */
async function openDesk(
  url: string,
  { me, signInKey, identity }: Colleague,
  before = () => keepIdentity(me.id, identity),
) {
  await before()
  const { server, token } = await signIn({ url }, me.email, signInKey)
  const wire = openWire(url, life.signal)
  const keyrings = openKeyrings({ server, wire, me, signal: life.signal })
  wire.connect(token)
  return Object.assign(keyrings, { wire })
}

const kindOf = ({ state }: Keyrings, group: GroupId) =>
  state.value.kind === 'known' ? (state.value.groups.get(group)?.kind ?? 'no such group') : 'asking'
const becomes = (keyrings: Keyrings, group: GroupId, kind: string) =>
  vi.waitFor(() => expect(kindOf(keyrings, group)).toBe(kind), { timeout: 10_000 })

test('open desks share by themselves: who joins has the keys without a click, who leaves loses them', async () => {
  const { running, admin, people, group, invite } = await openTeam()
  const ada = await openDesk(running.url, admin)
  expect(kindOf(ada, group)).toBe('asking')
  await becomes(ada, group, 'ready')
  const grace = await invite('Grace', [group])
  const desk = await openDesk(running.url, grace)
  await becomes(desk, group, 'ready')
  expect(desk.state.value).toEqual(ada.state.value)
  await people.move({ technicians: [grace.me.id], add: [], remove: [group] })
  await becomes(desk, group, 'no such group')
  await vi.waitFor(() => {
    const { value } = ada.state
    const keys = value.kind === 'known' ? value.groups.get(group) : undefined
    expect(keys?.kind === 'ready' && keys.keyring.keys.map(({ epoch }) => epoch)).toEqual([2, 1])
  })
})

test('after each connection they count as asked for only once they were', async () => {
  const { running, admin, group } = await openTeam()
  const ada = await openDesk(running.url, admin)
  expect(ada.asked.value).toBe(false)
  await becomes(ada, group, 'ready')
  expect(ada.asked.value).toBe(true)
  await running.close()
  await vi.waitFor(() => expect(ada.wire.connection.value.kind).not.toBe('open'))
  expect(ada.asked.value).toBe(false)
  await serve({ environment: { DATA_DIR: running.config.dataDir, PORT: new URL(running.url).port } })
  ada.wire.retryNow()
  await vi.waitFor(() => expect(ada.asked.value).toBe(true))
  expect(ada.wire.connection.value.kind).toBe('open')
})

test('while no colleague is there one waits, and is told', async () => {
  const { running, admin, group, invite } = await openTeam()
  const ada = await openDesk(running.url, admin)
  await becomes(ada, group, 'ready')
  life.abort()
  life = new AbortController()
  const grace = await openDesk(running.url, await invite('Grace', [group]))
  await becomes(grace, group, 'waiting-for-a-colleague')
  await openDesk(running.url, admin)
  await becomes(grace, group, 'ready')
})

test('a browser that has no keys of the account says so, until it gets them', async () => {
  const { running, admin, group } = await openTeam()
  const ada = await openDesk(running.url, admin, () => forgetIdentity(admin.me.id))
  await becomes(ada, group, 'no-keys-here')
  await keepIdentity(admin.me.id, admin.identity)
  ada.refresh()
  await becomes(ada, group, 'ready')
})
