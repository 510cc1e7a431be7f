import { expect, test } from 'vitest'
import { createPack, type KeptFile } from '../../../peer/files/pack.ts'

const MIB = 1024 * 1024
const file = (name: string, text: string) => ({
  path: [name],
  modified: 7,
  content: new Uint8Array(new TextEncoder().encode(text)),
})

function start(write: (content: Blob) => Promise<Blob> = async (content) => content) {
  const kept: KeptFile[] = []
  const written: number[] = []
  const pack = createPack(
    (content) => {
      written.push(content.size)
      return write(content)
    },
    (one) => void kept.push(one),
  )
  const texts = async () =>
    Object.fromEntries(await Promise.all(kept.map(async ({ path, file: of }) => [path[0], await of.text()])))
  return { pack, kept, written, texts }
}

test('small files are written together, and each is itself again', async () => {
  const { pack, kept, written, texts } = start()
  await pack.add(file('a', 'first'))
  await pack.add(file('empty', ''))
  await pack.add(file('b', 'second'))
  expect(written).toEqual([])
  await pack.settle()
  await pack.settle()
  expect(written).toEqual([11])
  expect(await texts()).toEqual({ a: 'first', empty: '', b: 'second' })
  expect(kept[0]).toMatchObject({ path: ['a'], modified: 7 })
})

test('none is cut out of its pack before somebody wants it', async () => {
  let slices = 0
  class Counted extends Blob {
    override slice(start?: number, end?: number): Blob {
      slices += 1
      return super.slice(start, end)
    }
  }
  const { pack, texts } = start(async (content) => new Counted([content]))
  await pack.add(file('a', 'first'))
  await pack.add(file('b', 'second'))
  await pack.settle()
  expect(slices).toBe(0)
  expect(await texts()).toEqual({ a: 'first', b: 'second' })
  expect(slices).toBe(2)
})

test('no more than 16 MiB wait in memory', async () => {
  const { pack, written } = start()
  for (let count = 0; count < 33; count += 1) {
    await pack.add({ path: [`${count}`], modified: 1, content: new Uint8Array(MIB) })
  }
  expect(written).toEqual([16 * MIB, 16 * MIB])
})

test('what a full disk does not take can still be saved, and is not written twice', async () => {
  const full = new DOMException('no space', 'QuotaExceededError')
  const { pack, written, texts } = start(() => Promise.reject(full))
  await pack.add(file('a', 'first'))
  await expect(pack.settle()).rejects.toBe(full)
  await pack.settle()
  expect(written).toHaveLength(1)
  expect(await texts()).toEqual({ a: 'first' })
})
