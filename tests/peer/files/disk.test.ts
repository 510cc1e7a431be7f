import { afterEach, expect, test, vi } from 'vitest'
import { createDisk } from '../../../peer/files/disk.ts'

afterEach(() => vi.unstubAllGlobals())

test('S12 a worker that cannot be loaded is asked for anew by the next file', async () => {
  let started = 0
  class Worker extends EventTarget {
    private readonly works = ++started > 1
    postMessage({ id }: { id: number }) {
      setTimeout(() => {
        this.dispatchEvent(this.works ? new MessageEvent('message', { data: { id } }) : new Event('error'))
      })
    }
    terminate() {}
  }
  vi.stubGlobal('Worker', Worker)
  const disk = createDisk()
  const handle = {} as never
  const other = disk.open(handle)
  await expect(disk.open(handle)).rejects.toThrow('did not start')
  await expect(other).rejects.toThrow('did not start')
  await disk.open(handle)
  expect(started).toBe(2)
})
