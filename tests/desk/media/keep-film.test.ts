import { expect, test } from 'vitest'
import { tidyFilm } from '../../../desk/media/keep-film.ts'
import type { MediaItem } from '../../../desk/media/media-item.ts'
import type { TechnicianId, TicketId } from '../../../protocol/ids.ts'
import type { MediaId } from '../../../protocol/media.ts'

const film: MediaItem = {
  id: 'f'.repeat(22) as MediaId,
  ticket: 't'.repeat(22) as TicketId,
  technician: 'a'.repeat(22) as TechnicianId,
  kind: 'recording',
  number: 1,
  at: 1,
  type: 'video/webm',
  bytes: 10,
  width: 1,
  height: 1,
  state: { kind: 'film', durationMs: 1000 },
}

/** A disk with these files, and a case that lists what it is told. */
function disk(...names: string[]) {
  const files = new Set(names)
  const listed: MediaId[] = []
  const bytes = {
    read: async (name: string) => (files.has(name) ? new Blob(['x']) : undefined),
    remove: async (name: string) => void files.delete(name),
  }
  return { files, listed, media: { bytes, list: ({ id }: MediaItem) => void listed.push(id) } }
}

test('S7 a browser that went between a film and its packets lists the film, and lets go of the packets', async () => {
  const { files, listed, media } = disk(film.id, `${film.id}.raw`)
  await tidyFilm(media, film)
  expect([...files]).toEqual([film.id])
  expect(listed).toEqual([film.id])
})

test('S7 a film that was kept whole is left as it is', async () => {
  const { files, listed, media } = disk(film.id)
  await tidyFilm(media, film)
  expect([...files]).toEqual([film.id])
  expect(listed).toEqual([])
})
