import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ManyDetailsReply } from '../../protocol/http.ts'
import { change, openTicket, serveGroup } from './support/rooms.ts'

test('L4 the sealed details of many tickets at once: of those that one may see, and that have any', async () => {
  const server = await serveGroup()
  const sealed = await openTicket(server, server.group, server.grace)
  await change(server, sealed, { kind: 'resolve', sealed: 'A'.repeat(40) }, server.grace.token)
  const open = await openTicket(server, server.group, server.grace)
  const tickets = [sealed.id, open.id, 'x'.repeat(22)]
  const ask = (token: string, body: object = { tickets }) => server.ask('/api/tickets/details', body, token)
  const found = async (token: string) => v.parse(ManyDetailsReply, (await ask(token)).body).found
  const mine = [{ ticket: sealed.id, details: { kind: 'group', sealed: 'A'.repeat(40) } }]
  expect(await found(server.grace.token)).toEqual(mine)
  expect(await found(server.token), 'an admin').toEqual(mine)
  expect(await found(server.stranger.token), 'of another group').toEqual([])
  expect((await ask(server.grace.token, { tickets: Array(101).fill(sealed.id) })).status).toBe(400)
  expect((await ask(server.grace.token, { tickets: [] })).body).toEqual({ found: [] })
})
