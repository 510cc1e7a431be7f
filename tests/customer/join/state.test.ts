import { describe, expect, it } from 'vitest'
import { forgettable, mayJoinAgain } from '../../../customer/join/ending.ts'
import type { Line } from '../../../customer/join/line.ts'
import { type CustomerEvent, type CustomerState, nextState } from '../../../customer/join/state.ts'
import type { OverReason } from '../../../peer/link-error.ts'
import { CODE, LIVE, seated } from './states.ts'

const BLANK: CustomerState = { kind: 'entering', typed: '', problem: undefined }
const JOINING: CustomerState = { kind: 'joining', code: CODE }
const CUT = { kind: 'cut', technician: 'Marie', since: 9, there: true, lost: true } satisfies Line
const PAIRING = { kind: 'pairing', technician: 'Marie' } satisfies Line

const step = (state: CustomerState, ...events: CustomerEvent[]) =>
  events.reduce((now, event) => nextState(now, event, 100), state)
const over = (why: OverReason): CustomerEvent => ({ type: 'session', state: { kind: 'over', why } })
const attended = (technician: string, who = technician): CustomerEvent => ({ type: 'attended', technician, who })
const wentLive: CustomerEvent = { type: 'session', state: { kind: 'live', since: 50, canShare: false } }

describe('the code', () => {
  it.each(['12345-67890', '1234567890', ' 12345 67890 ', 'https://help.example/12345#67890'])('reads %s', (text) => {
    expect(step(BLANK, { type: 'submitted', text })).toEqual(JOINING)
  })

  it('asks again for what is not ten digits, and keeps what was typed', () => {
    expect(step(BLANK, { type: 'submitted', text: '1234' })).toEqual({
      kind: 'entering',
      typed: '1234',
      problem: { kind: 'not-ten-digits' },
    })
  })

  it('joins from a whole link, and asks for the rest of a damaged one', () => {
    expect(step(BLANK, { type: 'opened', opened: { kind: 'code', code: CODE } })).toEqual(JOINING)
    expect(step(BLANK, { type: 'opened', opened: { kind: 'half', lookup: '12345' } })).toEqual({
      kind: 'entering',
      typed: '12345-',
      problem: { kind: 'link-incomplete' },
    })
  })

  it('does not let another link end a session', () => {
    const live = seated(LIVE)
    expect(step(live, { type: 'opened', opened: { kind: 'blank' } })).toBe(live)
  })

  it('says why the server refused, until when, and keeps the code in the field', () => {
    const refusal = { code: 'too-many', retryAfterMs: 2000 } as const
    expect(step(JOINING, { type: 'refused', refusal })).toEqual({
      kind: 'entering',
      typed: '12345-67890',
      problem: { kind: 'refused', code: 'too-many', until: 2100 },
    })
  })
})

describe('waiting and pairing', () => {
  it('waits once the server gave the seat', () => {
    expect(step(JOINING, { type: 'joined', organisation: 'Acme' })).toEqual(
      seated({ kind: 'waiting', since: 100, gone: undefined }),
    )
  })

  it('names the technician, and goes back to waiting when that one leaves', () => {
    const paired = step(seated(), attended('Marie'))
    expect(paired).toEqual(seated(PAIRING, 'Marie'))
    expect(step(paired, { type: 'unattended', why: 'socket' })).toEqual(
      seated({ kind: 'waiting', since: 100, gone: 'Marie' }, 'Marie'),
    )
  })

  it('knows the place in the line, and that it is over, whoever is linked', () => {
    const told = step(seated(), { type: 'standing', ahead: 2, typicalMs: null })
    expect(told).toMatchObject({ standing: { type: 'standing', ahead: 2, typicalMs: null } })
    const linked = step(told, attended('Marie'))
    expect(linked).toMatchObject({ line: { kind: 'pairing' }, standing: { type: 'standing', ahead: 2 } })
    expect(step(linked, { type: 'answered' })).toMatchObject({ standing: { type: 'answered' } })
  })

  it('shows a wait of the desk, the linking, and the link', () => {
    const held = step(seated(PAIRING), { type: 'session', state: { kind: 'held', until: 900 } })
    expect(held).toEqual(seated({ kind: 'held', technician: 'Marie', until: 900 }))
    const connecting = step(held, { type: 'session', state: { kind: 'connecting' } })
    expect(connecting).toEqual(seated({ kind: 'connecting', technician: 'Marie' }))
    expect(step(connecting, wentLive)).toEqual({ ...seated({ ...LIVE, since: 50 }), began: 50 })
  })

  it('tells of a cut socket until it is back', () => {
    const cut = step(seated(), { type: 'socket', state: { kind: 'waiting-to-retry', at: 500 } })
    expect(cut).toMatchObject({ socket: { kind: 'reconnecting' } })
    expect(step(cut, { type: 'socket', state: { kind: 'connecting' } })).toMatchObject({
      socket: { kind: 'reconnecting' },
    })
    expect(step(cut, { type: 'socket', state: { kind: 'open' } })).toEqual(seated())
  })
})

describe('a live link', () => {
  it('outlives the technician leaving the server, and the server itself', () => {
    expect(step(seated(LIVE), { type: 'unattended', why: 'socket' })).toEqual(seated({ ...LIVE, there: false }))
    const refused = { kind: 'refused', refusal: { code: 'unauthenticated' } } as const
    expect(step(seated(LIVE), { type: 'socket', state: refused })).toMatchObject({ kind: 'seated', line: LIVE })
  })

  it('whose seat is gone is the last: cut, it is over, and nobody waits in vain', () => {
    const refused = { kind: 'refused', refusal: { code: 'code-in-use' } } as const
    const last = step(seated(LIVE), { type: 'socket', state: refused })
    expect(last).toMatchObject({ kind: 'seated', line: LIVE })
    expect(step(last, over('lost'))).toMatchObject({ kind: 'over', why: 'elsewhere' })
  })

  it('comes back after a cut, however the new handshake goes meanwhile', () => {
    const cut = step(seated(LIVE), over('lost'))
    expect(cut).toEqual(seated({ ...CUT, since: 100 }))
    const meanwhile = step(cut, { type: 'session', state: { kind: 'pairing' } }, over('timeout'))
    expect(meanwhile).toEqual(cut)
    expect(step(cut, { type: 'session', state: { kind: 'connecting' } })).toEqual(cut)
    expect(step(cut, wentLive)).toMatchObject({ line: { kind: 'live', technician: 'Marie' } })
  })

  it('is not given up where beginning anew finds no way: it is tried again, and the customer may begin at once', () => {
    const cut = step(seated(LIVE), over('lost'))
    const blocked = step(cut, { type: 'session', state: { kind: 'connecting' } }, over('no-route'))
    expect(blocked).toEqual(seated({ ...CUT, since: 100, blocked: true }))
    expect(step(blocked, { type: 'session', state: { kind: 'connecting' } }, over('lost'))).toEqual(blocked)
    expect(step(blocked, wentLive)).toMatchObject({ line: { kind: 'live' }, began: 50 })
    expect(step(blocked, { type: 'again' })).toEqual(JOINING)
    const refused = { kind: 'refused', refusal: { code: 'code-in-use' } } as const
    expect(step(blocked, { type: 'socket', state: refused })).toMatchObject({ kind: 'over', why: 'elsewhere' })
    const last = step(seated(LIVE), { type: 'socket', state: refused }, over('no-route'))
    expect(last).toMatchObject({ kind: 'over', why: 'elsewhere' })
  })

  it('that found no way from the start is tried again, until it is there or nobody attends any more', () => {
    const connecting = step(seated(PAIRING), { type: 'session', state: { kind: 'connecting' } })
    const blocked = step(connecting, over('no-route'))
    expect(blocked).toEqual(seated({ kind: 'blocked', technician: 'Marie' }))
    const tried = { type: 'session', state: { kind: 'connecting' } } as const
    expect(step(blocked, { type: 'session', state: { kind: 'pairing' } }, tried, over('lost'))).toEqual(blocked)
    expect(step(blocked, tried, wentLive)).toMatchObject({ line: { kind: 'live' }, began: 50 })
    expect(step(blocked, { type: 'again' })).toEqual(JOINING)
    expect(step(connecting, { type: 'again' })).toEqual(connecting)
    // The server says so to whoever comes back, and the desk is still about it.
    const known = step(blocked, attended('Marie'))
    expect(step({ ...blocked, who: 'Marie' } as typeof blocked, attended('Marie'))).toMatchObject({
      line: { kind: 'blocked' },
    })
    expect(known).toMatchObject({ line: { kind: 'pairing' } })
    expect(step(blocked, { type: 'unattended', why: 'socket' })).toMatchObject({ line: { kind: 'waiting' } })
  })

  it('is made again without a word of the server, and says since when it is cut', () => {
    const cut = step(seated(LIVE), { type: 'session', state: { kind: 'reconnecting', since: 70 } })
    expect(cut).toEqual(seated({ ...CUT, since: 70, lost: false }))
    expect(step(cut, wentLive)).toEqual({ ...seated({ ...LIVE, since: 50 }), began: 50 })
    expect(step(cut, over('lost'))).toEqual(seated({ ...CUT, since: 70, lost: true }))
  })

  it('that is replaced unnoticed changes nothing', () => {
    const live = step(seated(LIVE), wentLive)
    expect(step(live, wentLive)).toBe(live)
  })

  it('does not take another technician for the one before', () => {
    expect(step(seated(CUT, 'Marie'), attended('Paul'))).toEqual(
      seated({ kind: 'pairing', technician: 'Paul' }, 'Paul'),
    )
    expect(step(seated({ ...CUT, there: false }, 'Marie'), attended('Marie'))).toEqual(seated(CUT, 'Marie'))
  })

  it('tells two of one name apart, and knows one who has another name now', () => {
    expect(step(seated(LIVE, 'one'), attended('Marie', 'another'))).toEqual(seated(PAIRING, 'another'))
    expect(step(seated(LIVE, 'one'), attended('Marie Blanc', 'one'))).toEqual(
      seated({ ...LIVE, technician: 'Marie Blanc' }, 'one'),
    )
  })
})

describe('a hand-over', () => {
  it('leaves the customer in the queue, for whoever has not come yet', () => {
    const waiting = step(seated(LIVE), over('handed-over'))
    expect(waiting).toEqual(seated({ kind: 'waiting', since: 100, gone: 'Marie' }))
    expect(step(waiting, attended('Paul'))).toMatchObject({ line: { kind: 'pairing' } })
  })

  it('that is told after the next one has come changes nothing', () => {
    const next = step(seated(LIVE), attended('Paul'))
    expect(step(next, over('handed-over'))).toEqual(next)
  })

  it('does not begin the session anew, nor does a cut; its end knows how long it was', () => {
    const began = step(seated(PAIRING), wentLive)
    const next = step(began, over('handed-over'), attended('Paul'))
    const again = step(next, { type: 'session', state: { kind: 'live', since: 80, canShare: false } }, over('lost'))
    expect(step(again, { type: 'turned-away', reason: 'resolved' })).toMatchObject({
      kind: 'over',
      technician: 'Paul',
      session: { began: 50, ended: 100 },
    })
  })

  it('of the last link, whose seat is gone, is the end', () => {
    const last = step(seated(LIVE), { type: 'socket', state: { kind: 'refused', refusal: { code: 'dead-code' } } })
    expect(step(last, over('handed-over'))).toMatchObject({ kind: 'over', why: 'dead-code' })
  })
})

describe('the end', () => {
  it.each([
    ['ended-there', 'ended'],
    ['tampered', 'tampered'],
    ['version', 'version'],
    ['dead-code', 'dead-code'],
    ['bad-frame', 'failed'],
  ] as const)('of a session by %s is told as %s', (why, told) => {
    expect(step(seated(LIVE), over(why))).toEqual({ kind: 'over', why: told, code: CODE, technician: 'Marie' })
  })

  it('by a wrong secret asks for the last five digits again, and learns from the server until when to wait', () => {
    const wrong = step(seated(PAIRING), over('wrong-secret'))
    const problem = { kind: 'wrong-secret', until: undefined }
    expect(wrong).toEqual({ kind: 'entering', typed: '12345-', problem })
    expect(step(wrong, { type: 'turned-away', reason: 'wrong-secret', retryAfterMs: 1000 })).toEqual({
      kind: 'entering',
      typed: '12345-',
      problem: { kind: 'wrong-secret', until: 1100 },
    })
  })

  it.each(['ended', 'no-answer', 'dead-code'] as const)('by the server: %s', (reason) => {
    expect(step(seated(PAIRING), { type: 'turned-away', reason })).toMatchObject({ kind: 'over', why: reason })
  })

  it.each([
    ['code-in-use', 'elsewhere'],
    ['version', 'version'],
    ['unauthenticated', 'dead-code'],
  ] as const)('by a socket refused with %s is told as %s', (code, why) => {
    const state = { kind: 'refused', refusal: { code } } as const
    expect(step(seated(), { type: 'socket', state })).toMatchObject({ kind: 'over', why })
  })

  it('here stays, whatever still arrives', () => {
    const left = step(seated(LIVE), { type: 'quit', why: 'left' })
    expect(step(left, over('ended-here'), wentLive, attended('Paul'))).toBe(left)
  })

  it('lets the same code join again only where that can help', () => {
    const mayAfter = (event: CustomerEvent) => {
      const state = step(seated(LIVE), event)
      return state.kind === 'over' && mayJoinAgain(state)
    }
    expect(mayAfter({ type: 'quit', why: 'left' })).toBe(true)
    expect(mayAfter(over('bad-frame'))).toBe(true)
    expect(mayAfter({ type: 'quit', why: 'not-asked' })).toBe(false)
    expect(mayAfter(over('dead-code'))).toBe(false)
    expect(step(seated(LIVE), { type: 'quit', why: 'left' }, { type: 'again' })).toEqual(JOINING)
  })

  it('on purpose forgets seat and words; one that went wrong keeps both for the next try', () => {
    expect(forgettable(step(seated(LIVE), { type: 'quit', why: 'not-asked' }))).toEqual({ seat: true, words: true })
    expect(forgettable(step(seated(LIVE), over('bad-frame')))).toEqual({ seat: false, words: false })
    expect(forgettable(step(seated(PAIRING), over('wrong-secret')))).toEqual({ seat: true, words: false })
    expect(forgettable(step(JOINING, { type: 'refused', refusal: { code: 'unavailable' } })).seat).toBe(false)
    expect(forgettable(step(JOINING, { type: 'refused', refusal: { code: 'unknown-code' } })).seat).toBe(true)
  })
})
