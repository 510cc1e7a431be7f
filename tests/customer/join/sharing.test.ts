import { describe, expect, it } from 'vitest'
import { isPhone } from '../../../customer/join/phone.ts'
import { beforeSharing, mayGoOn, nextSharing, type Sharing } from '../../../customer/join/sharing.ts'
import { lineEvent, sharingEvent } from '../../../customer/join/thread-events.ts'
import { LIVE } from './states.ts'

const SHARED = { kind: 'shared', number: 1, surface: 'window', mode: 'automatic', since: 7 } satisfies Sharing
const IDLE = beforeSharing(true)

describe('nextSharing', () => {
  it.each(['picker-cancelled', 'failed', 'stopped-in-browser'] as const)('says why nothing is shown: %s', (why) => {
    const state = { kind: 'not-shared', why } as const
    expect(nextSharing({ kind: 'choosing' }, { type: 'screen', state })).toEqual({ kind: 'idle', why })
  })

  it('holds back what was shown to somebody else, until the customer goes on or stops', () => {
    const held = nextSharing(SHARED, { type: 'screen', state: { kind: 'not-shared', why: 'handed-over' } })
    expect(held).toEqual({ kind: 'held' })
    expect(nextSharing(held, { type: 'choosing' })).toBe(held)
    const { kind, ...shared } = SHARED
    expect(nextSharing(held, { type: 'screen', state: { kind, ...shared } })).toEqual(SHARED)
    const state = { kind: 'not-shared', why: 'stopped' } as const
    expect(nextSharing(held, { type: 'screen', state })).toEqual({ kind: 'idle', why: 'stopped' })
  })

  it('never offers what the browser cannot do', () => {
    const unable = beforeSharing(false)
    expect(nextSharing(unable, { type: 'choosing' })).toEqual(unable)
  })
})

describe('mayGoOn', () => {
  it('shows a screen on to the same technician only', () => {
    expect(mayGoOn('one', 'one')).toBe(true)
    expect(mayGoOn('one', 'another')).toBe(false)
    expect(mayGoOn(undefined, 'another')).toBe(true)
  })
})

describe('what the chat notes', () => {
  const connecting = { kind: 'connecting', technician: 'Marie' } as const
  const cut = { kind: 'cut', technician: 'Marie', since: 9, there: true, lost: false } as const
  const lost = { ...cut, lost: true } as const

  it('is who came, a session that was lost and the return, once each', () => {
    expect(lineEvent(connecting, LIVE, undefined, 9)).toBe('joined')
    expect(lineEvent(connecting, LIVE, 'Paul', 9)).toBe('joined')
    expect(lineEvent(LIVE, lost, 'Marie', 9)).toBe('cut')
    expect(lineEvent(cut, lost, 'Marie', 9)).toBe('cut')
    expect(lineEvent(lost, { ...lost, there: false }, 'Marie', 9)).toBeUndefined()
    expect(lineEvent(lost, LIVE, 'Marie', 10)).toBe('back')
    expect(lineEvent(LIVE, { ...LIVE, there: false }, 'Marie', 9)).toBeUndefined()
  })

  it('is nothing of a short cut after which the session goes on, and one line of a long one', () => {
    expect(lineEvent(LIVE, cut, 'Marie', 9)).toBeUndefined()
    expect(lineEvent(cut, LIVE, 'Marie', 9000)).toBeUndefined()
    expect(lineEvent(cut, LIVE, 'Marie', 10_009)).toBe('back')
  })

  it('is when the screen begins and ends to be shown', () => {
    expect(sharingEvent({ kind: 'choosing' }, SHARED)).toBe('shared')
    expect(sharingEvent(SHARED, IDLE)).toBe('stopped')
    expect(sharingEvent(SHARED, { ...SHARED, mode: 'speed' })).toBeUndefined()
    expect(sharingEvent({ kind: 'choosing' }, IDLE)).toBeUndefined()
  })
})

describe('isPhone', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, true],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9)', 5, true],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, true],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, false],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 10, false],
  ])('%s with %i touch points: %s', (userAgent, maxTouchPoints, phone) => {
    expect(isPhone({ userAgent, maxTouchPoints })).toBe(phone)
  })
})
