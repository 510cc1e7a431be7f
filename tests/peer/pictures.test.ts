import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toBase64url } from '../../peer/base64url.ts'
import { type CameIn, createPictures, PICTURE_STREAM } from '../../peer/pictures.ts'
import { randomId } from '../../peer/random-id.ts'
import type { Sendable } from '../../peer/shrink-picture.ts'
import { MAX_FRAME_PAYLOAD, MAX_PICTURE, MAX_PICTURES } from '../../protocol/limits.ts'
import { Picture, type PictureFault, PictureId, type PictureMessage } from '../../protocol/picture.ts'
import { linkPair } from './link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const newId = () => v.parse(PictureId, randomId())

/** A PNG's head, and whatever after it. */
function png(bytes: number, width = 3, height = 2): Uint8Array<ArrayBuffer> {
  const picture = new Uint8Array(bytes).fill(7)
  picture.set(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  new DataView(picture.buffer).setUint32(16, width)
  new DataView(picture.buffer).setUint32(20, height)
  return picture
}

const sendable = (bytes: BlobPart): Sendable => {
  const blob = new Blob([bytes])
  return { bytes: blob, format: 'image/png', width: 3, height: 2 }
}

function end(came: (picture: CameIn) => void | Promise<void> = () => {}) {
  const told = { came: [] as CameIn[], received: [] as string[], refused: [] as [string, PictureFault][] }
  const pictures = createPictures(
    {
      async came(picture) {
        await came(picture)
        told.came.push(picture)
      },
      received: (id) => void told.received.push(id),
      refused: (id, why) => void told.refused.push([id, why]),
    },
    async (picture) => picture.size !== 99,
  )
  return { ...pictures, told }
}

test('a picture comes whole, in pieces, and the sender learns of it', async () => {
  const [desk, page] = [end(), end()]
  const link = linkPair(life.signal)
  desk.part(link.technician)
  page.part(link.customer)
  const bytes = png(3 * MAX_FRAME_PAYLOAD + 5)
  const id = newId()
  desk.send(id, 'image 1', 1000, sendable(bytes))
  await vi.waitFor(() => expect(desk.told.received).toEqual([id]))
  const [came] = page.told.came
  expect(came).toMatchObject({ id, at: 1000, width: 3, height: 2 })
  expect(came?.picture.type).toBe('image/png')
  expect(new Uint8Array((await came?.picture.arrayBuffer()) ?? [])).toEqual(bytes)
})

test('what was on its way when the link was cut is sent again on the next one, and shown once', async () => {
  const [desk, page] = [end(), end()]
  const first = linkPair(life.signal)
  page.part(first.customer)
  desk.part(first.technician)
  first.cut()
  const [one, two] = [newId(), newId()]
  page.send(one, '', 1, sendable(png(100)))
  page.send(two, '', 2, sendable(png(200)))
  const second = linkPair(life.signal)
  desk.part(second.technician)
  page.part(second.customer)
  await vi.waitFor(() => expect(page.told.received).toEqual([one, two]))
  page.send(one, '', 1, sendable(png(100)))
  await vi.waitFor(() => expect(page.told.received).toEqual([one, two, one]))
  expect(desk.told.came.map(({ id }) => id)).toEqual([one, two])
})

/** Says what no page of ours says, and hears the answers. */
function hostile(desk: ReturnType<typeof end>) {
  const link = linkPair(life.signal)
  const answers: PictureMessage[] = []
  link.customer.on('picture-received', (message) => void answers.push(message))
  link.customer.on('picture-refused', (message) => void answers.push(message))
  desk.part(link.technician)
  async function say(bytes: Uint8Array<ArrayBuffer>, change: Partial<Picture> = {}) {
    const sha256 = toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    const about = { type: 'picture', id: newId(), name: '', format: 'image/png', size: bytes.length, sha256, at: 1 }
    link.customer.send({ ...v.parse(Picture, about), ...change })
    await link.customer.sendFrame('file', PICTURE_STREAM, bytes)
  }
  return { say, answers, link }
}

test('bytes that are not those announced, or are no picture, are refused and not shown', async () => {
  const desk = end()
  const { say, answers, link } = hostile(desk)
  await say(png(50), { sha256: v.parse(Picture.entries.sha256, 'A'.repeat(43)) })
  await say(new Uint8Array(Buffer.from('<svg onload="alert(1)"/>')))
  await say(png(50), { format: 'image/webp' })
  await say(png(50, 60_000, 60_000))
  await say(png(99))
  await say(png(51), { size: 50 })
  await vi.waitFor(() => expect(answers).toHaveLength(6))
  expect(answers.map((answer) => ('why' in answer ? answer.why : answer.type)).sort()).toEqual([
    'damaged',
    'damaged',
    'no-picture',
    'no-picture',
    'no-picture',
    'no-picture',
  ])
  // Bytes of nothing, and of other streams.
  await link.customer.sendFrame('file', PICTURE_STREAM, png(30))
  await link.customer.sendFrame('file', PICTURE_STREAM + 1, png(30))
  await say(png(60))
  await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ type: 'picture-received' }))
  expect(desk.told.came).toHaveLength(1)
})

test('no more than a session takes, though they come at once', async () => {
  const desk = end()
  const { say, answers } = hostile(desk)
  await Promise.all(Array.from({ length: MAX_PICTURES + 5 }, () => say(png(40))))
  await vi.waitFor(() => expect(answers).toHaveLength(MAX_PICTURES + 5))
  expect(desk.told.came).toHaveLength(MAX_PICTURES)
  expect(answers.at(-1)).toMatchObject({ type: 'picture-refused', why: 'too-many' })
  desk.over()
  await say(png(40))
  await vi.waitFor(() => expect(answers.at(-1), 'in the next session').toMatchObject({ type: 'picture-received' }))
})

test('one that cannot be kept is not said to be received', async () => {
  const desk = end(() => Promise.reject(new Error('no disk')))
  const { say, answers } = hostile(desk)
  await say(png(40))
  await vi.waitFor(() => expect(answers).toMatchObject([{ type: 'picture-refused', why: 'damaged' }]))
})

test('a larger one is not even announced', () => {
  const about = { type: 'picture', id: newId(), name: '', format: 'image/png', sha256: 'A'.repeat(43), at: 1 }
  expect(v.is(Picture, { ...about, size: MAX_PICTURE })).toBe(true)
  expect(v.is(Picture, { ...about, size: MAX_PICTURE + 1 })).toBe(false)
  expect(v.is(Picture, { ...about, size: 5, format: 'image/svg+xml' })).toBe(false)
})
