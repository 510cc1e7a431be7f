import { expect, test } from 'vitest'
import { createTicket, serveReady } from './support/server.ts'

test('an admin says which files may be exchanged: technicians read it, customers have it with the join, the log says it', async () => {
  const server = await serveReady()
  const set = (body: object) => server.ask('/api/file-rules', body, server.token)
  expect((await server.ask('/api/file-rules', undefined, server.token)).body).toEqual({ largest: null, refused: [] })
  const rules = { largest: 10_000_000_000, refused: ['exe', 'bat'] }
  expect(await set({ ...rules, refused: ['exe', 'bat', 'exe'] })).toMatchObject({ status: 200, body: rules })
  expect((await server.ask('/api/file-rules', undefined, server.token)).body).toEqual(rules)
  const { lookup } = await createTicket(server, server.token)
  expect((await server.ask('/api/join', { lookup })).body).toMatchObject({ files: rules })
  for (const wrong of [
    { ...rules, largest: 0 },
    { ...rules, largest: 1e12 },
    { ...rules, refused: ['.exe'] },
    { ...rules, refused: ['e xe'] },
    { ...rules, refused: Array.from({ length: 101 }, (_, index) => `x${index}`) },
  ]) {
    expect(await set(wrong)).toMatchObject({ status: 400 })
  }
  const { body } = await server.ask('/api/log/web', undefined, server.token)
  expect(JSON.stringify(body)).toContain('file-rules-set')
})
