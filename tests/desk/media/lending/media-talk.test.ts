import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { OpenKeyring } from '../../../../desk/keys/keyring.ts'
import { beginKeyring } from '../../../../desk/keys/keyring.ts'
import { mediaKeys } from '../../../../desk/media/lending/media-seal.ts'
import { type Asked, type Heard, type MediaTalk, openMediaTalk } from '../../../../desk/media/lending/media-talk.ts'
import { earlierKeysOf, sealForRoom } from '../../../../desk/rooms/room-seal.ts'
import { toBase64url } from '../../../../peer/base64url.ts'
import { randomId } from '../../../../peer/random-id.ts'
import { TechnicianId } from '../../../../protocol/ids.ts'
import { LineId, MediaId } from '../../../../protocol/media.ts'
import type { ServerToTechnician, TechnicianToServer } from '../../../../protocol/socket.ts'
import { drawGroup, drawTicket } from '../../../support/keys.ts'

const [ada, bob, eve] = ['ada', 'bob', 'eve'].map((id) => v.parse(TechnicianId, id)) as [
  TechnicianId,
  TechnicianId,
  TechnicianId,
]
const line = () => v.parse(LineId, randomId())
const seek = () => ({ type: 'seek' as const, items: [v.parse(MediaId, randomId())] })

type Sent = Extract<TechnicianToServer, { type: 'media-ask' | 'media-answer' }>

/** A desk on a wire that hands everything to the test, which passes it on as a server would, or worse. */
function desk(me: TechnicianId, ticket: ReturnType<typeof drawTicket>, keyrings: readonly OpenKeyring[]) {
  const life = new AbortController()
  onTestFinished(() => life.abort())
  const sent: Sent[] = []
  const readers = new Set<(message: ServerToTechnician) => void>()
  const keysOf = async () => {
    const keys = (await Promise.all(keyrings.map((keyring) => earlierKeysOf(keyring, ticket)))).flat()
    return await mediaKeys(ticket, keys)
  }
  const wire = {
    send(message: TechnicianToServer) {
      if (message.type === 'media-ask' || message.type === 'media-answer') sent.push(message)
      return true
    },
    onMessage: (receive: (message: ServerToTechnician) => void) => void readers.add(receive),
  }
  const talk: MediaTalk = openMediaTalk({ wire, me, keysOf, signal: life.signal })
  const asked: Asked[] = []
  const answered: Heard[] = []
  talk.onAsked((heard) => void asked.push(heard), life.signal)
  talk.onAnswered((heard) => void answered.push(heard), life.signal)
  const hear = (from: TechnicianId, message: Sent, about = ticket) => {
    const type = message.type === 'media-ask' ? 'media-asked' : 'media-answered'
    for (const read of readers) read({ type, from, ticket: about, box: message.box })
  }
  return { talk, sent, asked, answered, hear }
}

async function two(theirs?: OpenKeyring[]) {
  const [group, ticket] = [drawGroup(), drawTicket()]
  const keyring = await beginKeyring(group)
  const [one, other] = [desk(ada, ticket, [keyring]), desk(bob, ticket, theirs ?? [keyring])]
  one.talk.ask({ ticket, group }, bob, line(), seek())
  await vi.waitFor(() => expect(one.sent).toHaveLength(1))
  const [said] = one.sent
  if (!said) throw new Error('nothing was said')
  return { one, other, said, ticket, group }
}

test('L3 what is asked is heard, and the answer finds its way back', async () => {
  const { one, other, said } = await two()
  other.hear(ada, said)
  await vi.waitFor(() => expect(other.asked).toHaveLength(1))
  other.asked[0]?.answer({ type: 'gone' })
  await vi.waitFor(() => expect(other.sent).toHaveLength(1))
  const [back] = other.sent
  if (back) one.hear(bob, back)
  await vi.waitFor(() => expect(one.answered).toHaveLength(1))
  expect(one.answered[0]).toMatchObject({ from: bob, desk: other.talk.desk, word: { type: 'gone' } })
  expect(said.box).not.toContain('seek')
})

test('L3 an envelope that was changed, is of another ticket or person, or comes again, is not read', async () => {
  const { other, said, one, ticket, group } = await two()
  const last = said.box.at(-2) === 'A' ? 'B' : 'A'
  other.hear(ada, { ...said, box: said.box.slice(0, -2) + last + said.box.slice(-1) })
  other.hear(ada, said, drawTicket())
  other.hear(bob, said)
  one.hear(ada, said)
  other.hear(ada, said)
  other.hear(ada, said)
  one.talk.ask({ ticket, group }, bob, line(), seek())
  await vi.waitFor(() => expect(one.sent).toHaveLength(2))
  for (const message of one.sent.slice(1)) other.hear(ada, message)
  await vi.waitFor(() => expect(other.asked).toHaveLength(2))
  other.hear(ada, said)
  expect(one.asked).toEqual([])
})

test('L3 a colleague who says to be another’s page does not silence that one', async () => {
  const [group, ticket] = [drawGroup(), drawTicket()]
  const keyring = await beginKeyring(group)
  const [one, other] = [desk(ada, ticket, [keyring]), desk(bob, ticket, [keyring])]
  const keys = await mediaKeys(ticket, await earlierKeysOf(keyring, ticket))
  const [newest] = keys?.sealing ?? []
  if (!keys || !newest) throw new Error('no keys')
  const forged = { desk: one.talk.desk, n: Number.MAX_SAFE_INTEGER, from: eve, to: bob, line: line(), word: seek() }
  const plain = new TextEncoder().encode(JSON.stringify(forged))
  const box = toBase64url(await sealForRoom({ context: keys.context, newest }, plain))
  other.hear(eve, { type: 'media-ask', ticket, to: bob, box } as Sent)
  await vi.waitFor(() => expect(other.asked).toHaveLength(1))
  one.talk.ask({ ticket, group }, bob, line(), seek())
  await vi.waitFor(() => expect(one.sent).toHaveLength(1))
  for (const message of one.sent) other.hear(ada, message)
  await vi.waitFor(() => expect(other.asked.map(({ from }) => from)).toEqual([eve, ada]))
})

test('L3 who has not the group’s keys reads nothing; after a move both groups’ desks are reached', async () => {
  const stranger = await beginKeyring(drawGroup())
  const { other, said } = await two([stranger])
  other.hear(ada, said)
  const [first, ticket] = [await beginKeyring(drawGroup()), drawTicket()]
  const second = await beginKeyring(drawGroup())
  // The asking desk has the keys that were handed on with the ticket; the one that made the image is of the group before.
  const [now, before] = [desk(ada, ticket, [second, first]), desk(bob, ticket, [first])]
  now.talk.ask({ ticket, group: second.group }, bob, line(), seek())
  await vi.waitFor(() => expect(now.sent).toHaveLength(2))
  for (const message of now.sent) before.hear(ada, message)
  await vi.waitFor(() => expect(before.asked).toHaveLength(1))
  before.asked[0]?.answer({ type: 'gone' })
  await vi.waitFor(() => expect(before.sent).toHaveLength(1))
  for (const message of before.sent) now.hear(bob, message)
  await vi.waitFor(() => expect(now.answered).toHaveLength(1))
  expect(other.asked).toEqual([])
})
