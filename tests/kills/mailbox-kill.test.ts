import { expect, test } from 'vitest'
import { queueRoom } from '../../protocol/rooms.ts'
import { addGroup } from '../signalling/support/people.ts'
import { startMain } from '../signalling/support/process.ts'
import { append, pull, sealedOf, trySnapshot } from '../signalling/support/rooms.ts'
import { setUp, temporaryFolder } from '../signalling/support/server.ts'

test('killed during appends, again and again: all that was acknowledged is there, and numbers go on without gaps', async () => {
  const environment = { DATA_DIR: await temporaryFolder() }
  const acknowledged = new Map<number, string>()
  let server = await startMain(environment)
  const { token } = await setUp(server)
  const room = queueRoom((await addGroup({ ...server, token }, 'Network')).id)

  /** Appends one after the other until the server is gone. */
  async function write({ ask }: typeof server, onEach: () => void): Promise<void> {
    for (;;) {
      const sealed = sealedOf(900)
      try {
        acknowledged.set(await append({ ask }, room, sealed, token), sealed)
      } catch {
        return
      }
      onEach()
    }
  }

  let snapshotAt = 0
  for (let round = 1; round <= 4; round++) {
    let count = 0
    const { child } = server
    const count20 = () => {
      count += 1
      if (count === 20) child.kill('SIGKILL')
    }
    await Promise.all([1, 2, 3].map(() => write(server, count20)))
    expect(await server.exited).toBe('SIGKILL')
    server = await startMain(environment)

    const { entries, head } = await pull(server, room, 0, token)
    const first = snapshotAt + 1
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: head - first + 1 }, (_, n) => first + n))
    const kept = new Map(entries.map(({ seq, sealed }) => [seq, sealed]))
    const lost = [...acknowledged].filter(([seq, sealed]) => seq > snapshotAt && kept.get(seq) !== sealed)
    expect(lost).toEqual([])
    expect(acknowledged.size).toBeGreaterThanOrEqual(round * 20)
    if (round === 2) {
      snapshotAt = head
      expect((await trySnapshot(server, room, { upTo: head, sealed: sealedOf(500) }, token)).status).toBe(204)
    }
  }
}, 60_000)
