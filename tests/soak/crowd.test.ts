import { expect, test } from 'vitest'
import { invite, invitee } from '../signalling/support/people.ts'
import { serveReady } from '../signalling/support/server.ts'

test('others are served while 500 people are invited', async () => {
  const server = await serveReady()
  const rows = Array.from({ length: 500 }, (_, at) => invitee(`crowd${at}@example.org`))
  let invited = false
  const inviting = invite(server, rows).then((verdicts) => {
    invited = true
    return verdicts
  })
  let served = 0
  while (!invited) {
    await server.ask('/api/me', undefined, server.token)
    served += 1
  }
  expect(await inviting).toHaveLength(500)
  expect(served).toBeGreaterThan(20)
})
