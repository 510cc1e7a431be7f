import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { MediaId } from '../../protocol/media.ts'
import { openDirectory } from '../../signalling/media/directory.ts'
import type { MediaPieces } from '../../signalling/media/pieces.ts'
import { openS3 } from '../../signalling/media/s3.ts'
import { temporaryFolder } from '../signalling/support/server.ts'
import { startS3 } from '../support/s3.ts'

const drawId = () => v.parse(MediaId, randomBytes(16).toString('base64url'))
const draw = (size = 1000) => new Uint8Array(randomBytes(size))

/** Each place for pieces, empty. */
const places: Record<string, () => Promise<MediaPieces>> = {
  'a directory': async () => openDirectory(path.join(await temporaryFolder(), 'media')),
  'an S3-compatible store': async () => openS3(await startS3()),
}

describe.each(Object.entries(places))('%s', (_, open) => {
  test('L3 gives each piece as it was put', async () => {
    const place = await open()
    const [one, other] = [drawId(), drawId()]
    const [first, second, third] = [draw(1024 * 1024 + 48), draw(), draw(48)]
    await place.put(one, 0, first)
    await place.put(one, 1, second)
    await place.put(other, 0, third)
    const read = [await place.get(one, 0), await place.get(one, 1), await place.get(other, 0)]
    expect(read.map((bytes) => Buffer.from(bytes ?? []).toString('base64url'))).toEqual(
      [first, second, third].map((bytes) => Buffer.from(bytes).toString('base64url')),
    )
  })

  test('L3 has nothing where nothing was put', async () => {
    const place = await open()
    expect(await place.get(drawId(), 0)).toBeUndefined()
    await place.remove(drawId(), 3)
  })

  test('L3 puts a piece in the place of what is there', async () => {
    const place = await open()
    const id = drawId()
    await place.put(id, 0, draw())
    const later = draw()
    await place.put(id, 0, later)
    expect(Buffer.compare((await place.get(id, 0)) ?? new Uint8Array(), later)).toBe(0)
  })

  test('L3 two windows that bring the same piece at once leave one of the two, whole', async () => {
    const place = await open()
    const id = drawId()
    const ways = Array.from({ length: 8 }, () => draw(300_000))
    await Promise.all(ways.map((bytes) => place.put(id, 0, bytes)))
    const kept = Buffer.from((await place.get(id, 0)) ?? [])
    expect(ways.some((bytes) => Buffer.compare(bytes, kept) === 0)).toBe(true)
  })

  test('L7 removes all pieces of one, and none of another, also twice', async () => {
    const place = await open()
    const [one, other] = [drawId(), drawId()]
    for (let piece = 0; piece < 20; piece += 1) await place.put(one, piece, draw(50))
    await place.put(other, 0, draw())
    await place.remove(one, 20)
    await place.remove(one, 20)
    expect(await place.get(one, 0)).toBeUndefined()
    expect(await place.get(one, 19)).toBeUndefined()
    expect(await place.get(other, 0)).toBeDefined()
  })
})

test('L3 G3 with another secret the store gives nothing, and the error says neither', async () => {
  const bucket = await startS3()
  const id = drawId()
  await openS3(bucket).put(id, 0, draw())
  const wrong = openS3({ ...bucket, secretAccessKey: 'not-the-secret' })
  await expect(wrong.get(id, 0)).rejects.toThrow(/^the media store answered 403 to a GET$/)
  await expect(wrong.put(id, 0, draw())).rejects.toThrow(/^the media store answered 403 to a PUT$/)
  expect(await openS3(bucket).get(id, 0)).toBeDefined()
})

test('L3 a directory has no file under its name before all of it is on the disk', async () => {
  const folder = path.join(await temporaryFolder(), 'media')
  const id = drawId()
  await openDirectory(folder).put(id, 0, draw())
  expect(await readdir(path.join(folder, id))).toEqual(['0'])
})
