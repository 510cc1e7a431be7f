import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepFurtherLedger } from '../../../customer/join/further-screens-ledger.ts'
import { keepScreenLedger } from '../../../customer/join/screen-ledger.ts'
import type { Sharing } from '../../../customer/join/sharing.ts'
import { createConsents } from '../../../peer/consents.ts'
import type { ConsentId } from '../../../protocol/consent.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

type Beside = { id: ConsentId; number: number }

/** Both ledgers of a page that shows Window 1 and, beside it, Window 2. */
function twoWindows() {
  const consents = createConsents(() => 'Marie')
  const list = signal(consents.list)
  consents.onChange(() => {
    list.value = consents.list
  }, life.signal)
  const permissions = { ...consents, list }
  const further = signal<readonly Beside[]>([])
  let sharing: Sharing = { kind: 'idle', why: 'not-yet' }
  const step = (next: Sharing) => {
    const before = sharing
    sharing = next
    ledger(before, next)
  }
  /** As the share does it. */
  const stopFirst = () => {
    const [oldest, ...rest] = further.peek()
    step(oldest ? { ...SHARED, number: oldest.number } : { kind: 'idle', why: 'stopped' })
    further.value = rest
  }
  const beside = keepFurtherLedger({
    further,
    permissions,
    name: ({ number }) => `Window ${number}`,
    remove(id) {
      further.value = further.peek().filter((screen) => screen.id !== id)
    },
    signal: life.signal,
  })
  const ledger = keepScreenLedger({ permissions, stop: stopFirst, adopt: beside.giveAway, signal: life.signal })
  step(SHARED)
  const id = beside.grant({ number: 2, surface: 'window' })
  if (id) further.value = [{ id, number: 2 }]
  return { consents, stopFirst, sharing: () => sharing, states: () => list.value.map(({ state }) => state.kind) }
}

const SHARED = { kind: 'shared', number: 1, surface: 'window', mode: 'automatic', since: 1 } satisfies Sharing

test('the permission of what takes the first place goes on', () => {
  const { stopFirst, states, sharing, consents } = twoWindows()
  expect(states()).toEqual(['granted', 'granted'])
  stopFirst()
  expect(states()).toEqual(['ended', 'granted'])
  expect(consents.list[1]).toMatchObject({ what: 'screen', detail: 'Window 2' })
  const [, other] = consents.list
  if (other) consents.end(other.id)
  expect(sharing().kind).toBe('idle')
})

test('all that was taken back at once is not shown', () => {
  const { consents, states, sharing } = twoWindows()
  consents.endAll('technician')
  expect(states()).toEqual(['ended', 'ended'])
  expect(sharing().kind).toBe('idle')
})
