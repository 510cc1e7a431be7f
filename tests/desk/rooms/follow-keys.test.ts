import { signal } from '@preact/signals'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addEpoch, beginKeyring } from '../../../desk/keys/keyring.ts'
import { followKeys, type KeySource } from '../../../desk/rooms/follow-keys.ts'
import { openForRoom, sealForRoom } from '../../../desk/rooms/room-seal.ts'
import { GroupId } from '../../../protocol/ids.ts'
import { queueRoom } from '../../../protocol/rooms.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const GROUP = v.parse(GroupId, 'support'.padEnd(22, 'A'))

test('an epoch that has another key is another one: the server was put back, and the group drew anew', async () => {
  const first = await beginKeyring(GROUP)
  const [lost, drawn] = [await addEpoch(first), await addEpoch(first)]
  const source = signal<KeySource>({ keyring: lost, earlier: [] })
  const { keys, upToDate } = followKeys(queueRoom(GROUP), () => source.value, life.signal)
  await vi.waitFor(() => expect(upToDate.value).toBe(true))
  const before = keys.value
  if (!before) throw new Error('no keys')
  const sealed = await sealForRoom(before, new TextEncoder().encode('before'))
  source.value = { keyring: drawn, earlier: [] }
  // Nothing is to be sealed until they are made.
  expect(upToDate.value).toBe(false)
  await vi.waitFor(() => expect(upToDate.value).toBe(true))
  const after = keys.value
  if (!after) throw new Error('no keys')
  expect(after.meshPassword).not.toBe(before.meshPassword)
  await expect(openForRoom(after, sealed)).rejects.toMatchObject({ why: 'tampered' })
})

test('the same keys once more are not made anew', async () => {
  const keyring = await beginKeyring(GROUP)
  const source = signal<KeySource>({ keyring, earlier: [] })
  const { keys, upToDate } = followKeys(queueRoom(GROUP), () => source.value, life.signal)
  await vi.waitFor(() => expect(upToDate.value).toBe(true))
  const before = keys.value
  source.value = { keyring: structuredClone(keyring), earlier: [] }
  expect(upToDate.value).toBe(true)
  expect(keys.value).toBe(before)
})
