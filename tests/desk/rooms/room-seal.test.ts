import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { openSealedToGroup } from '../../../desk/keys/group-seal.ts'
import { addEpoch, beginKeyring, type OpenKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import {
  earlierKeysOf,
  GroupSealError,
  openForRoom,
  type RoomKeys,
  roomKeys,
  sealForRoom,
} from '../../../desk/rooms/room-seal.ts'
import { sealToGroup } from '../../../peer/seal-to-group.ts'
import { boardRoom, caseRoom } from '../../../protocol/rooms.ts'
import { openForGroup, sealForGroup } from '../../support/group-words.ts'
import { drawGroup, drawTicket } from '../../support/keys.ts'

const words = new TextEncoder().encode('the printer in room 4')
const why = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (cause: unknown) => (cause instanceof GroupSealError ? cause.why : cause),
  )
let before: OpenKeyring
let after: OpenKeyring

beforeAll(async () => {
  before = await beginKeyring(drawGroup())
  after = await addEpoch(before)
})

test('what a group seals its members open, also those of a later epoch', async () => {
  const sealed = await sealForGroup(before, 'case:1', words)
  expect(await openForGroup(before, 'case:1', sealed)).toEqual(words)
  expect(await openForGroup(after, 'case:1', sealed)).toEqual(words)
  expect(Buffer.from(sealed).includes('printer')).toBe(false)
})

test('who left before does not open what is written afterwards', async () => {
  const sealed = await sealForGroup(after, 'case:1', words)
  expect(await why(openForGroup(before, 'case:1', sealed))).toBe('no-key')
  // Nor by saying that it is of the epoch before.
  new DataView(sealed.buffer).setUint32(16, 1)
  expect(await why(openForGroup(before, 'case:1', sealed))).toBe('tampered')
})

test('the same words are never the same bytes', async () => {
  const [one, two] = [await sealForGroup(after, 'queue', words), await sealForGroup(after, 'queue', words)]
  expect(one).not.toEqual(two)
})

test('it opens for its own group and context only', async () => {
  const sealed = await sealForGroup(after, 'case:1', words)
  expect(await why(openForGroup(after, 'case:2', sealed))).toBe('tampered')
  expect(await why(openForGroup({ ...after, group: drawGroup() }, 'case:1', sealed))).toBe('no-key')
})

test('any changed or missing byte is noticed', async () => {
  const keys = await roomKeys(after, 'case:1')
  const sealed = await sealForRoom(keys, words)
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const other = sealed.slice()
      other[at] = (other[at] ?? 0) ^ change
      expect(['tampered', 'no-key']).toContain(await why(openForRoom(keys, other)))
      expect(['tampered', 'no-key']).toContain(await why(openForRoom(keys, sealed.slice(0, at))))
    }),
  )
})

test('keys that go with a ticket open its case and board as they were, and nothing else of the group before', async () => {
  const [ticket, other] = [drawTicket(), drawTicket()]
  const [room, board] = [caseRoom(ticket), boardRoom(ticket)]
  const early = await sealForGroup(before, room, words)
  const late = await sealForGroup(after, board, words)
  const handed = await earlierKeysOf(after, ticket)
  const next = await beginKeyring(drawGroup())
  expect(await openForRoom(await roomKeys(next, room, handed), early)).toEqual(words)
  expect(await openForRoom(await roomKeys(next, board, handed), late)).toEqual(words)
  const closed: [RoomKeys, Uint8Array<ArrayBuffer>][] = [
    [await roomKeys(next, room), early],
    [await roomKeys(next, caseRoom(other), handed), await sealForGroup(after, caseRoom(other), words)],
    [await roomKeys(next, `queue:${after.group}`, handed), await sealForGroup(after, `queue:${after.group}`, words)],
  ]
  for (const [keys, sealed] of closed) expect(['tampered', 'no-key']).toContain(await why(openForRoom(keys, sealed)))
  // The new group writes with its own key; handed-on keys that claim to be its own change nothing.
  const forged = handed.map((key) => ({ ...key, group: next.group, epoch: 1 }))
  const written = await sealForRoom(await roomKeys(next, room, forged), words)
  expect(await openForGroup(next, room, written)).toEqual(words)
})

test('a box inside of larger bytes is read where it stands', async () => {
  const sealed = await sealForGroup(after, 'queue', words)
  const larger = new Uint8Array(sealed.length + 9)
  larger.set(sealed, 5)
  expect(await openForGroup(after, 'queue', larger.subarray(5, 5 + sealed.length))).toEqual(words)
})

test('from outside: sealed to the public key, opened by members of any later epoch', async () => {
  const { publicKey } = await sealKeyring(before, [])
  const file = await sealToGroup(publicKey, words)
  expect(Buffer.from(await openSealedToGroup(after, file))).toEqual(Buffer.from(words))
  const stranger = await beginKeyring(drawGroup())
  expect(await why(openSealedToGroup(stranger, file))).toBe('no-key')
  file[file.length - 1] = (file.at(-1) ?? 0) ^ 1
  expect(await why(openSealedToGroup(after, file))).toBe('tampered')
})

test('the password of the mesh is one for each room and epoch, the same for all members', async () => {
  const passwords = await Promise.all([
    roomKeys(before, 'queue:1'),
    roomKeys(after, 'queue:1'),
    roomKeys(after, 'case:1'),
  ])
  expect(new Set(passwords.map(({ meshPassword }) => meshPassword)).size).toBe(3)
  expect((await roomKeys(after, 'case:1')).meshPassword).toBe(passwords[2].meshPassword)
  expect(passwords[0].meshPassword).toHaveLength(22)
})
