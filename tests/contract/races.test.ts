import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { TechnicianId } from '../../protocol/ids.ts'
import { queueRoom, Sealed } from '../../protocol/rooms.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { verifyLog } from '../../signalling/log/verify.ts'
import { addInvitation, takeInvitation } from '../../signalling/store/invitations.ts'
import { readLogHead, writeLog } from '../../signalling/store/log.ts'
import { logBatches } from '../../signalling/store/log-batches.ts'
import { appendEntry, pullEntries } from '../../signalling/store/mailbox.ts'
import { moveMembers } from '../../signalling/store/members.ts'
import { reading } from '../../signalling/store/store.ts'
import { addTicket, findTicket, replaceTicket } from '../../signalling/store/tickets.ts'
import { changeTicket } from '../../signalling/tickets/change.ts'
import { drawInvitationId, drawToken, hashToken } from '../../signalling/tokens.ts'
import { type Desk, kinds, newTicket, openDesk } from './stores.ts'

/** So many at the same moment. */
const CROWD = 60

const crowd = <Value>(work: (number: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: CROWD }, (_, n) => work(n)))

const count = (values: readonly unknown[], wanted: unknown) => values.filter((value) => value === wanted).length

/** `whom` takes a ticket that was read as nobody's. */
function claim({ group }: Desk, ticket: ReturnType<typeof newTicket>, whom: TechnicianId) {
  const by = { id: whom, admin: false, groups: [group] }
  const ask = { by, version: 1, now: 2_000, named: by, groupExists: false, lookup: ticket.lookup, lifeMs: 1 }
  const ruling = changeTicket(ticket, { kind: 'assign', assignee: whom }, ask)
  if (!ruling.ok) throw new Error(ruling.refusal.code)
  return ruling.value
}

async function deskWithTicket(place: (typeof kinds)[number]['place']) {
  const desk = await openDesk(await place(), 6)
  const [first] = desk.people
  if (!first) throw new Error('there are six')
  const ticket = newTicket(desk.group, '12345')
  await addTicket(desk.store, { header: ticket, createdBy: first, key: 'made' })
  return { desk, ticket, first, someone: (number: number) => desk.people[number % desk.people.length] ?? first }
}

describe.each(kinds)('$name', ({ place }) => {
  test('Q5 G2 of many who claim a ticket at once one has it, and the log says so once', async () => {
    const { desk, ticket, someone } = await deskWithTicket(place)
    const outcomes = await crowd(async (n) => {
      const by = someone(n)
      return (await replaceTicket(desk.store, claim(desk, ticket, by), { by, key: `claim ${n}` })).kind
    })
    expect([count(outcomes, 'done'), count(outcomes, 'overtaken')]).toEqual([1, CROWD - 1])
    expect(await findTicket(desk.store, ticket.id)).toMatchObject({ version: 2 })
    const events = await desk.store.db.selectFrom('ticket_events').select('what').orderBy('version').execute()
    expect(events.map(({ what }) => what)).toEqual(['created', 'assigned'])
  })

  test('Q5 G2 one request that comes many times at once is carried out once', async () => {
    const { desk, ticket, first } = await deskWithTicket(place)
    const outcomes = await crowd(async () => {
      return (await replaceTicket(desk.store, claim(desk, ticket, first), { by: first, key: 'same' })).kind
    })
    expect([count(outcomes, 'done'), count(outcomes, 'known')]).toEqual([1, CROWD - 1])
    const made = await crowd((n) =>
      addTicket(desk.store, { header: newTicket(desk.group, String(20_000 + n)), createdBy: first, key: 'again' }),
    )
    expect(new Set(made.map((header) => header?.id)).size).toBe(1)
  })

  test('Q1 G2 no first half is given to two open tickets', async () => {
    const { desk, first } = await deskWithTicket(place)
    const made = await crowd((n) =>
      addTicket(desk.store, {
        header: newTicket(desk.group, String(30_000 + (n % 7))),
        createdBy: first,
        key: `n${n}`,
      }),
    )
    expect(made.filter((header) => header !== undefined)).toHaveLength(7)
  })

  test('Q5 G2 nobody is given a ticket of a group that one left at the same moment', async () => {
    const { desk, ticket, first, someone } = await deskWithTicket(place)
    const leaver = someone(3)
    const leave = { technicians: [leaver], add: [], remove: [desk.group] }
    const [{ kind }] = await Promise.all([
      replaceTicket(desk.store, claim(desk, ticket, leaver), { by: first, key: 'given' }),
      moveMembers(desk.store, first, leave),
    ])
    const given = assigneeOf((await findTicket(desk.store, ticket.id)) ?? ticket)
    // Whichever came first: it was done while this one was there, or not at all.
    expect(given).toBe(kind === 'done' ? leaver : null)
    expect((await replaceTicket(desk.store, claim(desk, ticket, leaver))).kind).toBe('overtaken')
  })

  test('A2 G2 an invitation is used once, however many hold its link', async () => {
    const { desk, first } = await deskWithTicket(place)
    const tokenHash = hashToken(drawToken())
    const rest = { groups: [desk.group], admin: false, twoStep: false, language: 'en', delivery: 'sent' } as const
    const times = { createdAt: 1_000, expiresAt: Date.now() + 60_000 }
    const of = { email: 'new@example.org', inviter: first, ...rest, ...times } as Omit<
      Parameters<typeof addInvitation>[1],
      'id' | 'tokenHash'
    >
    const verdicts = await crowd((n) =>
      addInvitation(
        desk.store,
        { ...of, id: drawInvitationId(), tokenHash: n === 0 ? tokenHash : hashToken(drawToken()) },
        false,
      ),
    )
    expect([count(verdicts, 'invited'), count(verdicts, 'already-invited')]).toEqual([1, CROWD - 1])
    await desk.store.db.updateTable('invitations').set({ token_hash: tokenHash }).execute()
    const taken = await crowd(() => desk.store.db.transaction().execute((trx) => takeInvitation(trx, tokenHash)))
    expect(count(taken, true)).toBe(1)
  })

  test('G2 a mailbox’s numbers have no gaps and no doubles, each names the one before it, and a refused entry takes none', async () => {
    const { desk, first } = await deskWithTicket(place)
    const { db } = desk.store
    const room = queueRoom(desk.group)
    const append = (number: number, quota = 1_000_000) => {
      const sealed = v.parse(Sealed, Buffer.alloc(60, number).toString('base64url'))
      return db.transaction().execute((trx) => appendEntry(trx, { room, sealed, by: first, now: 1, quota }))
    }
    const places = await crowd(async (n) => (n % 5 === 0 ? await append(n, 1).catch(() => undefined) : await append(n)))
    const there = places.flatMap((one) => one ?? []).sort((one, other) => one.seq - other.seq)
    expect(there.map(({ seq }) => seq)).toEqual(Array.from({ length: (CROWD * 4) / 5 }, (_, at) => at + 1))
    expect(there.slice(1).map(({ before }) => before)).toEqual(there.slice(0, -1).map(({ stamp }) => stamp))
    const { entries, head, bytes } = await reading(db).execute((trx) => pullEntries(trx, room, { after: 0 }))
    expect([entries.length, head, bytes]).toEqual([there.length, there.length, there.length * 60])
  })

  test('L6 G2 all who write at once make one chain, with all that is written beside it', async () => {
    const { desk, first, someone } = await deskWithTicket(place)
    const { db } = desk.store
    await crowd(async (n) => {
      const entry = {
        at: n,
        from: '203.0.113.7',
        event: { what: 'invited', address: `${n}@x.org`, admin: false, twoStep: false },
      } as const
      if (n % 3 === 0)
        await addTicket(desk.store, {
          header: newTicket(desk.group, String(40_000 + n)),
          createdBy: first,
          key: `l${n}`,
        })
      else if (n % 3 === 1) await writeLog(db, { ...entry, by: someone(n) })
      else await db.updateTable('user').set({ lastSeenAt: n }).where('id', 'in', desk.people).execute()
    })
    const verdict = await reading(db).execute(async (trx) => verifyLog(logBatches(trx), await readLogHead(trx)))
    expect(verdict).toMatchObject({ kind: 'sound', rows: 1 + (CROWD * 2) / 3 })
  })

  test('G2 who writes in another order than somebody else waits for nobody in vain, and who reads sees one picture', async () => {
    const { desk, someone } = await deskWithTicket(place)
    const { db } = desk.store
    const total = async (trx: typeof db) => {
      const rows = await trx
        .selectFrom('user')
        .select('lastSeenAt')
        .where('id', 'in', [someone(0), someone(1)])
        .execute()
      return rows.reduce((sum, { lastSeenAt }) => sum + Number(lastSeenAt), 0)
    }
    const set = (trx: typeof db, id: TechnicianId, by: number) =>
      trx
        .updateTable('user')
        .set((is) => ({ lastSeenAt: is(is.fn.coalesce('lastSeenAt', is.lit(0)), '+', by) }))
        .where('id', '=', id)
        .execute()
    const seen = await crowd(async (n) => {
      if (n % 2 === 0) return await reading(db).execute(async (trx) => (await total(trx)) + (await total(trx)))
      await db.transaction().execute(async (trx) => {
        await set(trx, someone(n % 4 === 1 ? 0 : 1), 1)
        await set(trx, someone(n % 4 === 1 ? 1 : 0), -1)
      })
      return 0
    })
    expect(new Set(seen)).toEqual(new Set([0]))
    expect(await total(db)).toBe(0)
  })
})
