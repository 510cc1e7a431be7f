import { expect, test } from 'vitest'
import { greet } from './support/client.ts'
import { createTicket, join, serveReady } from './support/server.ts'

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

test('customers who are there are told of other rules at once, and who comes back of those that hold', async () => {
  const server = await serveReady({ limits: { customerNewsMs: 20 } })
  const set = (rules: object) => server.ask('/api/file-rules', rules, server.token)
  const { lookup } = await createTicket(server, server.token)
  const { token } = await join(server, lookup)
  const customer = await greet(server, 'customer', token)
  expect(await customer.next('file-rules')).toEqual({ type: 'file-rules', rules: { largest: null, refused: [] } })
  const rules = { largest: 1_000_000, refused: ['exe'] }
  await set(rules)
  expect(await customer.next('file-rules')).toEqual({ type: 'file-rules', rules })
  // The same once more is no news.
  await set(rules)
  await set({ ...rules, refused: [] })
  expect(await customer.next('file-rules')).toEqual({ type: 'file-rules', rules: { ...rules, refused: [] } })
  customer.socket.close()
  await customer.closed
  const again = await greet(server, 'customer', token)
  expect(await again.next('file-rules')).toMatchObject({ rules: { ...rules, refused: [] } })
})
