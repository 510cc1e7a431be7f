import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signal } from '@preact/signals'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inTurn } from '../../../desk/people/in-turn.ts'
import { judgeRows } from '../../../desk/people/invite-rows.ts'
import { invite } from '../../../desk/people/inviting.ts'
import { linkIn } from '../../../desk/people/outbox.ts'
import { openPeople } from '../../../desk/people/people.ts'
import {
  inView,
  listPeople,
  nameOf,
  type SortColumn,
  searchPeople,
  sortPeople,
} from '../../../desk/people/people-list.ts'
import { ServerClient } from '../../../desk/server/server.ts'
import { serverPeople } from '../../../desk/server/server-people.ts'
import type { Connection, Wire } from '../../../desk/server/wire.ts'
import { Me } from '../../../protocol/account.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import type { PeopleReply } from '../../../protocol/people.ts'
import type { ServerToTechnician } from '../../../protocol/socket.ts'
import { group, invitation, reply, technician } from './people-samples.ts'

const support = group('Support')
const field = group('Field')

describe('the list', () => {
  const all = listPeople(
    reply({
      groups: [support, field],
      technicians: [
        technician('Zoé', [support], { admin: true, lastSeenAt: 500 }),
        technician('Anna', [support, field], { active: false, lastSeenAt: null }),
        technician('Émile', [field], { online: true, twoStep: { on: true, required: false } }),
      ],
      invitations: [invitation('new@acme.example', [support])],
    }),
  )
  const names = (people: readonly (typeof all)[number][]) => people.map(nameOf)

  test('views', () => {
    const seen = (view: Parameters<typeof inView>[1]) => names(all.filter((person) => inView(person, view)))
    expect(seen({ kind: 'all' })).toHaveLength(4)
    expect(seen({ kind: 'group', group: field.id })).toEqual(['Anna', 'Émile'])
    expect(seen({ kind: 'invited' })).toEqual(['new@acme.example'])
    expect(seen({ kind: 'deactivated' })).toEqual(['Anna'])
  })

  test('search looks in name, address and groups, case and accents aside', () => {
    expect(names(searchPeople(all, 'ZOE'))).toEqual(['Zoé'])
    expect(names(searchPeople(all, 'field acme'))).toEqual(['Anna', 'Émile'])
    expect(names(searchPeople(all, ' '))).toHaveLength(4)
    expect(names(searchPeople(all, 'nobody'))).toEqual([])
  })

  test.each<[SortColumn, string[]]>([
    ['name', ['Anna', 'Émile', 'new@acme.example', 'Zoé']],
    ['groups', ['Émile', 'new@acme.example', 'Zoé', 'Anna']],
    ['role', ['Zoé', 'Anna', 'Émile', 'new@acme.example']],
    ['two-step', ['Émile', 'Anna', 'new@acme.example', 'Zoé']],
    ['status', ['Émile', 'Zoé', 'new@acme.example', 'Anna']],
    ['seen', ['new@acme.example', 'Anna', 'Zoé', 'Émile']],
  ])('sorted by %s', (column, expected) => {
    expect(names(sortPeople(all, { column, descending: false }, 'fr'))).toEqual(expected)
  })

  test('sorted the other way round, equals stay in the order of their names', () => {
    expect(names(sortPeople(all, { column: 'role', descending: true }, 'fr'))).toEqual([
      'Anna',
      'Émile',
      'new@acme.example',
      'Zoé',
    ])
  })
})

type Asked = { path: string; body: unknown }
let asked: Asked[]
let answers: (asked: Asked, response: ServerResponse) => void
let http: Server
let server: ServerClient
let life: AbortController

beforeEach(async () => {
  asked = []
  life = new AbortController()
  http = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString()
    })
    request.on('end', () => {
      const one = { path: request.url ?? '', body: text ? (JSON.parse(text) as unknown) : undefined }
      asked.push(one)
      response.setHeader('content-type', 'application/json')
      answers(one, response)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  server = new ServerClient({ origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
})
afterEach(async () => {
  life.abort()
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})

describe('people, live', () => {
  const me = v.parse(Me, {
    id: 'marie',
    name: 'Marie',
    email: 'marie@acme.example',
    admin: true,
    organisation: 'Acme',
    language: 'en',
    twoStep: { on: false, required: false, app: false },
    publicKey: null,
  })

  function open(kind: 'open' | 'connecting' = 'open') {
    const readers = new Set<(message: Exclude<ServerToTechnician, { type: 'welcome' | 'ping' }>) => void>()
    const connection = signal<Connection>(kind === 'open' ? { kind } : { kind, since: 0 })
    const wire: Wire = {
      connection,
      connect() {},
      retryNow() {},
      doubt() {},
      send: () => true,
      onMessage(receive, until) {
        readers.add(receive)
        until.addEventListener('abort', () => readers.delete(receive))
      },
    }
    const hear = () => {
      for (const receive of readers) receive({ type: 'people' })
    }
    return { people: openPeople({ server, wire, me, signal: life.signal }), hear, connection }
  }

  const answer = (body: PeopleReply) => (_: Asked, response: ServerResponse) => response.end(JSON.stringify(body))

  test('are asked for when the socket opens, and at each message', async () => {
    answers = answer(reply({ groups: [support] }))
    const { people, hear, connection } = open('connecting')
    expect(people.latest.value).toBeUndefined()
    connection.value = { kind: 'open' }
    await vi.waitFor(() => expect(people.latest.value?.groups).toEqual([support]))
    answers = answer(reply({ groups: [field] }))
    hear()
    await vi.waitFor(() => expect(people.latest.value?.groups).toEqual([field]))
    connection.value = { kind: 'connecting', since: 0 }
    answers = answer(reply())
    connection.value = { kind: 'open' }
    await vi.waitFor(() => expect(people.latest.value?.groups).toEqual([]))
    expect(asked.map(({ path }) => path)).toEqual(['/api/people', '/api/people', '/api/people'])
  })

  test('many messages while a question is under way make one more question', async () => {
    const held: ServerResponse[] = []
    answers = (_, response) => void held.push(response)
    const { people, hear } = open()
    await vi.waitFor(() => expect(held).toHaveLength(1))
    for (let count = 0; count < 50; count += 1) hear()
    held[0]?.end(JSON.stringify(reply({ groups: [support] })))
    await vi.waitFor(() => expect(held).toHaveLength(2))
    held[1]?.end(JSON.stringify(reply({ groups: [field] })))
    await vi.waitFor(() => expect(people.latest.value?.groups).toEqual([field]))
    expect(asked).toHaveLength(2)
  })

  test('whether one is an admin follows the list', async () => {
    answers = answer(reply({ technicians: [technician('Marie', [], { admin: true })] }))
    const { people, hear } = open()
    expect(people.admin.value).toBe(true)
    await vi.waitFor(() => expect(people.latest.value).toBeDefined())
    answers = answer(reply({ technicians: [technician('Marie', [], { admin: false })] }))
    hear()
    await vi.waitFor(() => expect(people.admin.value).toBe(false))
  })

  test('a refusal is said, what was known stays, and the next answer takes it away', async () => {
    answers = answer(reply({ groups: [support] }))
    const { people, hear } = open()
    await vi.waitFor(() => expect(people.latest.value).toBeDefined())
    answers = (_, response) => response.writeHead(403).end(JSON.stringify({ code: 'forbidden' }))
    hear()
    await vi.waitFor(() => expect(people.refusal.value).toEqual({ code: 'forbidden' }))
    expect(people.latest.value?.groups).toEqual([support])
    answers = answer(reply())
    await people.refresh()
    expect(people.refusal.value).toBeUndefined()
  })

  test('a server that is busy is asked again when it wants', async () => {
    answers = (_, response) => response.writeHead(503).end(JSON.stringify({ code: 'unavailable', retryAfterMs: 1 }))
    const { people } = open()
    await vi.waitFor(() => expect(people.refusal.value?.code).toBe('unavailable'))
    answers = answer(reply({ groups: [field] }))
    await vi.waitFor(() => expect(people.latest.value?.groups).toEqual([field]))
  })
})

describe('inviting', () => {
  const known = reply({ groups: [support] })
  const row = (line: number, email: string, groups: string[]) => ({ line, email, groups, admin: false, twoStep: false })
  const rows = [row(1, 'a@x.example', ['Support']), row(2, 'nope', []), row(3, 'c@x.example', ['Support', 'Field'])]
  const judged = judgeRows(rows, known, { toCreate: ['Field'], mail: 'smtp' })
  const parts = () => ({
    server: serverPeople(server),
    judged,
    toCreate: ['Field'],
    language: 'en' as const,
    signal: life.signal,
  })

  test('creates the groups, then invites those who are ready, and tells of every row', async () => {
    answers = ({ path }, response) =>
      response.end(JSON.stringify(path === '/api/groups' ? field : { verdicts: ['invited', 'already-invited'] }))
    const told = await invite(parts())
    expect(told.map(({ verdict }) => verdict.kind)).toEqual(['invited', 'malformed-address', 'already-invited'])
    expect(asked).toEqual([
      { path: '/api/groups', body: { name: 'Field' } },
      {
        path: '/api/invitations',
        body: {
          language: 'en',
          invitees: [
            { email: 'a@x.example', groups: [support.id], admin: false, twoStep: false },
            { email: 'c@x.example', groups: [support.id, field.id], admin: false, twoStep: false },
          ],
        },
      },
    ])
  })

  test('a group that somebody else has just created is used', async () => {
    answers = ({ path }, response) => {
      if (path === '/api/groups') response.writeHead(409).end(JSON.stringify({ code: 'name-taken' }))
      else if (path === '/api/people') response.end(JSON.stringify(reply({ groups: [support, group('FIELD')] })))
      else response.end(JSON.stringify({ verdicts: ['invited', 'invited'] }))
    }
    const told = await invite(parts())
    expect(told.map(({ verdict }) => verdict.kind)).toEqual(['invited', 'malformed-address', 'invited'])
  })

  test('a group that is taken and cannot be found leaves its rows out, whole', async () => {
    answers = ({ path }, response) => {
      if (path === '/api/groups') response.writeHead(409).end(JSON.stringify({ code: 'name-taken' }))
      else if (path === '/api/people') response.end(JSON.stringify(known))
      else response.end(JSON.stringify({ verdicts: ['invited'] }))
    }
    const told = await invite(parts())
    expect(told.map(({ verdict }) => verdict.kind)).toEqual(['invited', 'malformed-address', 'not-sent'])
  })
})

describe('one after the other', () => {
  const refuse = (code: 'last-admin' | 'too-many', retryAfterMs?: number) => {
    throw new RefusedError(retryAfterMs === undefined ? { code } : { code, retryAfterMs })
  }

  test('a refusal harms no other, and progress is told', async () => {
    const told: number[] = []
    const refused = await inTurn(['a', 'b', 'c'], async (item) => item === 'b' && refuse('last-admin'), {
      onProgress: (done) => told.push(done),
      signal: life.signal,
    })
    expect(refused).toEqual([{ item: 'b', refusal: { code: 'last-admin' } }])
    expect(told).toEqual([1, 2, 3])
  })

  test('the server gets the pause that it wants', async () => {
    let tries = 0
    const ask = async () => {
      tries += 1
      if (tries < 3) refuse('too-many', 1)
    }
    expect(await inTurn(['a'], ask, { onProgress: () => {}, signal: life.signal })).toEqual([])
    expect(tries).toBe(3)
  })

  test('an abort stops before the next', async () => {
    const seen: string[] = []
    await inTurn(['a', 'b'], async (item) => seen.push(item), { onProgress: () => life.abort(), signal: life.signal })
    expect(seen).toEqual(['a'])
  })
})

test('the link of a waiting mail is found, without the full stop that follows it', () => {
  const link = `https://help.example.org/invitation#${'a-_Z'.repeat(10)}abc`
  expect(linkIn(`Open ${link}. It works once.`)).toBe(link)
  expect(linkIn('No link here: https://help.example.org/')).toBeUndefined()
})
