import { randomInt } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketsReply } from '../../protocol/http.ts'
import type { TechnicianId, TicketId, Token } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import { startMain, type Up } from '../signalling/support/process.ts'
import { addColleague, change, createTicket, execute, setUp, temporaryFolder } from '../signalling/support/server.ts'

const ROUNDS = 20
const TICKETS = 40
const CLAIMS = 1_000

type Who = { id: TechnicianId; token: Token }

/** As from many places: one address is not meant to ask so often. */
function spread({ ask }: Up): Pick<Up, 'ask'> {
  return {
    ask: (path, body, token) =>
      ask(path, body, token, { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` }),
  }
}

async function listAll(server: Pick<Up, 'ask'>, token: Token): Promise<Map<TicketId, TicketHeader>> {
  const found = new Map<TicketId, TicketHeader>()
  for (let cursor = ''; ; ) {
    const { body } = await server.ask(`/api/tickets?state=open${cursor}`, undefined, token)
    const page = v.parse(TicketsReply, body)
    for (const { ticket } of page.tickets) found.set(ticket.id, ticket)
    if (page.next === null) return found
    cursor = `&cursor=${page.next}`
  }
}

test('killed during 1 000 claims at once, 20 times: nobody has a ticket twice, and no claim that was acknowledged is lost', async () => {
  const dataDir = await temporaryFolder()
  const environment = { DATA_DIR: dataDir, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent' }
  let up = await startMain(environment)
  const { me, token } = await setUp(up)
  const needs = { ask: up.ask, sql: (statement: string) => execute(dataDir, statement) }
  const technicians: Who[] = [{ id: me.id, token }]
  for (let more = 0; more < 3; more += 1) {
    const colleague = await addColleague(needs, false)
    technicians.push({ id: colleague.me.id, token: colleague.token })
  }
  const acknowledged = new Map<TicketId, TechnicianId>()
  let cut = 0

  for (let round = 1; round <= ROUNDS; round += 1) {
    const server = spread(up)
    const tickets = await Promise.all(Array.from({ length: TICKETS }, () => createTicket(server, token, null)))
    // Somewhere between the first answer and the last.
    const killAt = randomInt(1, TICKETS)
    let answers = 0
    const claims = Array.from({ length: CLAIMS }, async (_, number) => {
      const ticket = tickets[number % TICKETS]
      const who = technicians[Math.floor(number / TICKETS) % technicians.length]
      if (!ticket || !who) throw new Error('every claim is of somebody, for something')
      const reply = await change(server, who.token, ticket, { kind: 'assign', assignee: who.id }).catch(() => undefined)
      if (reply === undefined) cut += 1
      if (reply?.status !== 200) return
      expect(acknowledged.has(ticket.id), 'two were told that they have it').toBe(false)
      acknowledged.set(ticket.id, who.id)
      answers += 1
      if (answers === killAt) up.child.kill('SIGKILL')
    })
    await Promise.all(claims)
    expect(await up.exited).toBe('SIGKILL')
    up = await startMain(environment)
    const now = await listAll(spread(up), token)
    for (const [ticket, who] of acknowledged) {
      const header = now.get(ticket)
      expect(header && assigneeOf(header)).toBe(who)
      // One change since it was made: nobody took it from somebody.
      expect(header?.version).toBe(2)
    }
    for (const { id } of tickets) expect(now.get(id)?.version ?? 0).toBeLessThanOrEqual(2)
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS)
  // The kill came into the middle of it.
  expect(cut).toBeGreaterThan(0)
}, 300_000)
