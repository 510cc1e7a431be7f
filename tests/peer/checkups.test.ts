import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCheckups } from '../../peer/checkups.ts'
import type { Checkup } from '../../protocol/doctor.ts'
import { linkPair } from './link-pair.ts'

const BLOCKED = { kind: 'blocked' } as const
const FOUND: Checkup = {
  at: 1,
  ways: {
    direct: BLOCKED,
    'turn-udp': BLOCKED,
    'turn-tcp': BLOCKED,
    'turn-tls': BLOCKED,
    server: { kind: 'works', ms: 9 },
  },
}

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** A connection through a relay, as its figures tell. */
const connection = {
  getStats: async (): Promise<RTCStatsReport> =>
    new Map<string, object>([
      ['a', { candidateType: 'relay' }],
      ['b', { candidateType: 'host' }],
      [
        'pair',
        { type: 'candidate-pair', state: 'succeeded', nominated: true, localCandidateId: 'a', remoteCandidateId: 'b' },
      ],
    ]),
}

function bothSides() {
  const heard: Checkup[] = []
  const desk = createCheckups((checkup) => heard.push(checkup))
  const page = createCheckups(() => {})
  const link = () => {
    const { technician, customer, cut } = linkPair(life.signal)
    desk.part({ ...technician, connection })
    page.part({ ...customer, connection })
    return cut
  }
  return { heard, page, link }
}

test('what is sent arrives, and what was sent without a link arrives with the next one, once', () => {
  const { heard, page, link } = bothSides()
  const cut = link()
  page.tell(FOUND)
  expect(heard).toEqual([FOUND])
  cut()
  page.tell({ ...FOUND, at: 2 })
  expect(heard).toHaveLength(1)
  link()
  expect(heard).toEqual([FOUND, { ...FOUND, at: 2 }])
})

test('what was sent over a link that was just cut is sent again; over a session’s end it is not', () => {
  const { heard, page, link } = bothSides()
  page.tell(FOUND)
  const cut = link()
  cut()
  link()()
  expect(heard, 'twice sent, once told').toEqual([FOUND])
  page.over()
  page.tell({ ...FOUND, at: 3 })
  page.over()
  link()
  expect(heard).toEqual([FOUND])
})

test('which way the link goes is known while there is one', async () => {
  const { page, link } = bothSides()
  expect(await page.route()).toBe('unknown')
  const cut = link()
  expect(await page.route()).toBe('relayed')
  cut()
  expect(await page.route()).toBe('unknown')
})
