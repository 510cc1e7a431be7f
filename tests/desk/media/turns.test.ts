import { expect, test } from 'vitest'
import { createTurns } from '../../../desk/media/turns.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('S7 a film that is finished for long holds up no other file; what names the same one waits', async () => {
  const inTurn = createTurns()
  const done: string[] = []
  const long = Promise.withResolvers<void>()
  const work = (what: string, until?: Promise<void>) => async () => {
    await until
    done.push(what)
  }
  const finish = inTurn(['one.raw', 'one'], work('finish', long.promise))
  const read = inTurn(['one'], work('read of the film'))
  const append = inTurn(['two.raw'], work('piece of another'))
  const move = inTurn(['two.raw', 'one.raw'], work('move'))
  const behind = inTurn(['two.raw'], work('next piece'))
  await append
  await settled()
  expect(done).toEqual(['piece of another'])
  long.resolve()
  await Promise.all([finish, read, move, behind])
  expect(done).toEqual(['piece of another', 'finish', 'read of the film', 'move', 'next piece'])
})

test('what fails costs those behind it nothing', async () => {
  const inTurn = createTurns()
  const failed = inTurn(['a'], () => Promise.reject(new Error('full')))
  const next = inTurn(['a'], async () => 'written')
  await expect(failed).rejects.toThrow('full')
  expect(await next).toBe('written')
})
