import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DOWN,
  FREE,
  keep,
  type LinkState,
  linkLost,
  lose,
  mayTake,
  presenceOf,
  type Seat,
  settle,
  take,
} from '../../signalling/tickets/seat.ts'

const GRACE = 10_000
type Join = 'one' | 'two' | 'three'
type World = { seat: Seat<Join>; link: LinkState; now: number; lastSeen: number }
type Step = { do: 'join' | 'socket'; who: Join } | { do: 'cut' | 'free' | 'up' | 'down' } | { do: 'wait'; ms: number }

const who = fc.constantFrom<Join>('one', 'two', 'three')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('join' as const, 'socket' as const), who }),
  fc.record({ do: fc.constantFrom('cut' as const, 'free' as const, 'up' as const, 'down' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 15_000 }) }),
)

/** The rules, used as `seating.ts` and `attendance.ts` use them. */
function go(world: World, step: Step): World {
  const { now, link } = world
  const seat = settle(world.seat, link, now)
  const until = now + GRACE
  switch (step.do) {
    case 'join':
      return mayTake(seat, step.who)
        ? { ...world, seat: keep(seat, step.who, until), lastSeen: now }
        : { ...world, seat }
    case 'socket':
      return mayTake(seat, step.who) ? { ...world, seat: take(step.who, now), lastSeen: now } : { ...world, seat }
    case 'cut':
      return { ...world, seat: lose(seat, until), lastSeen: seat.kind === 'taken' ? now : world.lastSeen }
    case 'free':
      return { ...world, seat: FREE }
    case 'up':
      return seat.kind === 'free' ? { ...world, seat } : { ...world, seat, link: { kind: 'up', since: now } }
    case 'down':
      return { ...world, link: DOWN, seat: linkLost(seat, until), lastSeen: link.kind === 'up' ? now : world.lastSeen }
    case 'wait':
      return { ...world, now: now + step.ms, seat }
  }
}

const owner = (seat: Seat<Join>) => (seat.kind === 'free' ? undefined : seat.join)

test('a seat changes its owner only through being free, and not before its grace is over', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let world: World = { seat: FREE, link: DOWN, now: 0, lastSeen: 0 }
      for (const one of steps) {
        const before = world
        world = go(world, one)
        const [had, has] = [owner(before.seat), owner(world.seat)]
        if (one.do === 'free' || had === undefined || had === has) continue
        // Lost without being freed: without a socket, without a link, and only after the grace.
        expect(before.seat.kind).toBe('kept')
        expect(before.link.kind).toBe('down')
        expect(before.now).toBeGreaterThanOrEqual(before.lastSeen + GRACE)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('who has the seat can always take it again, and nobody else can', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), who, (steps, asking) => {
      const world = steps.reduce(go, { seat: FREE, link: DOWN, now: 0, lastSeen: 0 })
      const seat = settle(world.seat, world.link, world.now)
      const after = go(world, { do: 'socket', who: asking })
      const allowed = seat.kind === 'free' || seat.join === asking
      expect(after.seat.kind === 'taken' && after.seat.join === asking).toBe(allowed)
    }),
    { numRuns: 1_000 },
  )
})

test('presence never says more than there is: waiting has a socket, in session has a link, offline has neither', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { seat, link } = steps.reduce(go, { seat: FREE, link: DOWN, now: 0, lastSeen: 0 })
      const presence = presenceOf(seat, link, { arrivedAt: undefined, answered: false })
      if (presence.kind === 'waiting') expect(seat.kind).toBe('taken')
      if (presence.kind === 'in-session') expect([link.kind, seat.kind === 'free']).toEqual(['up', false])
      if (presence.kind === 'offline' && seat.kind === 'taken') expect.fail('a customer is here')
    }),
    { numRuns: 1_000 },
  )
})
