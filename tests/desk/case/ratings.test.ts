import { expect, onTestFinished, test } from 'vitest'
import { openRatings } from '../../../desk/case/ratings.ts'
import { beginKeyring, type OpenKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import { toBase64url } from '../../../peer/base64url.ts'
import { sealToGroup } from '../../../peer/seal-to-group.ts'
import type { GroupId } from '../../../protocol/ids.ts'
import type { Rating } from '../../../protocol/rating.ts'
import { header, SUPPORT } from '../queue/samples.ts'

async function boxOf(keyring: OpenKeyring, words: unknown): Promise<string> {
  const { publicKey } = await sealKeyring(keyring, [])
  return toBase64url(await sealToGroup(publicKey, new TextEncoder().encode(JSON.stringify(words))))
}

async function opened(box: string | null, keyrings: Map<GroupId, OpenKeyring>, group = SUPPORT) {
  const over = new AbortController()
  onTestFinished(() => over.abort())
  const ticket = header(1)
  const rating: Rating = {
    session: 's'.repeat(22) as Rating['session'],
    technician: 't'.repeat(22) as Rating['technician'],
    group,
    at: 1,
    score: 4,
    box,
  }
  const ratings = openRatings({
    server: { ratings: async () => ({ ratings: [rating] }) },
    wire: { onMessage: () => {} },
    keyringOf: (of) => keyrings.get(of),
    signal: over.signal,
  })
  return (await ratings.of(ticket, over.signal)).map(({ words }) => words)
}

test('Q15 words open with the key of the ticket’s group, or of the session’s where the ticket moved', async () => {
  const keyring = await beginKeyring(SUPPORT)
  const { id } = header(1)
  const box = await boxOf(keyring, { type: 'rating', ticket: id, text: 'Thank you' })
  expect(await opened(box, new Map([[SUPPORT, keyring]]))).toEqual(['Thank you'])
  const other = 'o'.repeat(22) as GroupId
  const moved = new Map([
    [SUPPORT, await beginKeyring(SUPPORT)],
    [other, keyring],
  ])
  expect(await opened(box, moved, other)).toEqual(['Thank you'])
})

test('Q15 words of another ticket, of no known key, or that are none, are not shown; without words there are none', async () => {
  const keyring = await beginKeyring(SUPPORT)
  const { id } = header(1)
  const mine = new Map([[SUPPORT, keyring]])
  expect(await opened(null, mine)).toEqual([undefined])
  expect(await opened(await boxOf(keyring, { type: 'rating', ticket: header(2).id, text: 'x' }), mine)).toEqual([null])
  expect(await opened(await boxOf(keyring, { type: 'chat', ticket: id, text: 'x' }), mine)).toEqual([null])
  expect(await opened('A'.repeat(80), mine)).toEqual([null])
  const box = await boxOf(keyring, { type: 'rating', ticket: id, text: 'x' })
  expect(await opened(box, new Map())).toEqual([null])
  expect(await opened(box, new Map([[SUPPORT, await beginKeyring(SUPPORT)]]))).toEqual([null])
})
