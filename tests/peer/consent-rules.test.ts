import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { believable, nextConsents } from '../../peer/consent-rules.ts'
import { Consent, ConsentId } from '../../protocol/consent.ts'
import { MAX_ASKED_CONSENTS, MAX_CONSENTS } from '../../protocol/limits.ts'

const id = v.parse(ConsentId, 'A'.repeat(22))
const asked = { type: 'asked', id, what: 'recording', to: 'Marie' } as const

describe('on the customer’s page', () => {
  test('what is asked is answered once, and ends once', () => {
    let list = nextConsents([], asked, 1)
    expect(list).toEqual([{ id, what: 'recording', to: 'Marie', asked: 1, state: { kind: 'asked' } }])
    list = nextConsents(list, { type: 'answered', id, granted: true }, 2)
    expect(list[0]?.state).toEqual({ kind: 'granted', at: 2 })
    expect(nextConsents(list, { type: 'answered', id, granted: false }, 3)).toBe(list)
    list = nextConsents(list, { type: 'ended', id, by: 'technician' }, 4)
    expect(list[0]?.state).toEqual({ kind: 'ended', granted: 2, at: 4, by: 'technician' })
    expect(nextConsents(list, { type: 'ended', id, by: 'customer' }, 5)).toBe(list)
  })

  test('what was chosen is said with the answer, where the question did not say it', () => {
    const folder = nextConsents([], { ...asked, what: 'folder' }, 1)
    const list = nextConsents(folder, { type: 'answered', id, granted: true, detail: 'Photos' }, 2)
    expect(list[0]).toMatchObject({ detail: 'Photos', state: { kind: 'granted' } })
    const about = nextConsents([], { ...asked, what: 'file', detail: 'a.txt' }, 1)
    expect(nextConsents(about, { type: 'answered', id, granted: true, detail: 'b.txt' }, 2)[0]?.detail).toBe('a.txt')
    const [before] = folder
    const [after] = list
    if (!before || !after) throw new Error('one each')
    expect(believable(before, after, 'folder')).toBe(true)
    expect(believable(after, { ...after, detail: 'Another' }, 'folder')).toBe(false)
  })

  test.each(['screen', 'folder', 'camera', 'microphone', 'recording', 'drawing'] as const)(
    'a question for a %s does not say what it is called: the customer’s record has what was chosen, or nothing',
    (what) => {
      const list = nextConsents([], { ...asked, what, detail: 'Only the desktop' }, 1)
      expect(list).toHaveLength(1)
      expect(list[0]).not.toHaveProperty('detail')
      const other = v.parse(ConsentId, 'B'.repeat(22))
      expect(nextConsents(list, { ...asked, id: other, what, detail: 'Another' }, 2), 'and is the same').toBe(list)
      const granted = nextConsents(list, { type: 'answered', id, granted: true, detail: 'All of it' }, 2)
      expect(granted[0]?.detail).toBe('All of it')
    },
  )

  test('a question that is taken back is not answered any more', () => {
    const list = nextConsents(nextConsents([], asked, 1), { type: 'ended', id, by: 'technician' }, 2)
    expect(list[0]?.state).toEqual({ kind: 'withdrawn', at: 2, by: 'technician' })
    expect(nextConsents(list, { type: 'answered', id, granted: true }, 3)).toBe(list)
  })

  test('the same id asks nothing else, and nobody floods the list', () => {
    const list = nextConsents([], asked, 1)
    expect(nextConsents(list, { ...asked, what: 'folder' }, 2)).toBe(list)
    const full = Array.from({ length: MAX_CONSENTS }, () => list[0]).flatMap((consent) => consent ?? [])
    const other = v.parse(ConsentId, 'B'.repeat(22))
    expect(nextConsents(full, { ...asked, id: other }, 2)).toBe(full)
  })

  test('whatever is asked, there is room for what the customer shows by itself', () => {
    let list: readonly Consent[] = []
    for (let times = 0; times < MAX_CONSENTS; times += 1) {
      const question = v.parse(ConsentId, String(times).padStart(22, '-'))
      const at = times * 3_600_000
      list = nextConsents(list, { type: 'asked', id: question, what: 'recording', to: 'Marie' }, at)
      list = nextConsents(list, { type: 'answered', id: question, granted: true }, at + 1)
      list = nextConsents(list, { type: 'ended', id: question, by: 'customer' }, at + 2)
    }
    expect(list).toHaveLength(MAX_ASKED_CONSENTS)
    expect(nextConsents(list, { type: 'offered', id, what: 'screen', to: 'Marie' }, 1)).toHaveLength(list.length + 1)
  })

  test('after a no the same is not asked for again for 10 s, then twice as long each time up to 2 min, until a yes', () => {
    let list: readonly Consent[] = []
    let at = 0
    let drawn = 0
    const ask = (what: Consent['what'] = 'folder') => {
      drawn += 1
      const question = v.parse(ConsentId, String(drawn).padStart(22, '-'))
      const before = list
      list = nextConsents(list, { type: 'asked', id: question, what, to: 'Marie' }, at)
      return list === before ? undefined : question
    }
    const say = (question: ConsentId | undefined, answer: boolean | 'back') => {
      if (!question) throw new Error('it was not asked')
      const said = { id: question, by: 'technician' } as const
      list = nextConsents(
        list,
        answer === 'back' ? { type: 'ended', ...said } : { type: 'answered', ...said, granted: answer },
        at,
      )
    }
    say(ask(), false)
    for (const seconds of [10, 20, 40, 80, 120, 120]) {
      at += seconds * 1000 - 1
      expect(ask(), `${seconds} s`).toBeUndefined()
      at += 1
      say(ask(), seconds === 20 ? 'back' : false)
    }
    expect(ask('recording'), 'another thing is another question').toBeDefined()
    at += 120_000
    say(ask(), true)
    list = nextConsents(list, { type: 'ended', id: list.at(-1)?.id ?? id, by: 'customer' }, at)
    say(ask(), false)
    at += 10_000
    expect(ask(), 'the first no after a yes').toBeDefined()
    list = nextConsents(list, { type: 'all-ended', by: 'hand-over' }, at)
    expect(ask(), 'nobody said anything').toBeDefined()
  })

  test('sound is not asked for: it comes with a picture or not at all', () => {
    const list: readonly Consent[] = []
    expect(nextConsents(list, { ...asked, what: 'sound' }, 1)).toBe(list)
  })

  test('nobody asks the same twice at a time, nor for more than eight things', () => {
    const ids = [...'abcdefghij'].map((letter) => v.parse(ConsentId, letter.repeat(22)))
    const ask = (consents: readonly Consent[], at: ConsentId, detail: string) =>
      nextConsents(consents, { type: 'asked', id: at, what: 'file', detail, to: 'Marie' }, 1)
    const full = ids.reduce((consents, at) => ask(consents, at, at), [] as readonly Consent[])
    expect(full).toHaveLength(8)
    const [first] = full
    if (!first) throw new Error('nothing was asked')
    const again = nextConsents(full, { type: 'answered', id: first.id, granted: true }, 2)
    expect(ask(again, id, full[1]?.detail ?? '')).toBe(again)
    expect(ask(again, id, 'another')).toHaveLength(9)
  })

  test('at the end nothing holds and nothing waits; what was over stays as it was', () => {
    const other = v.parse(ConsentId, 'B'.repeat(22))
    let list = nextConsents(nextConsents([], asked, 1), { type: 'answered', id, granted: true }, 2)
    list = nextConsents(list, { ...asked, id: other }, 3)
    list = nextConsents(list, { type: 'all-ended', by: 'hand-over' }, 4)
    expect(list.map(({ state }) => state)).toEqual([
      { kind: 'ended', granted: 2, at: 4, by: 'hand-over' },
      { kind: 'withdrawn', at: 4, by: 'hand-over' },
    ])
    expect(nextConsents(list, { type: 'all-ended', by: 'cut' }, 5)).toBe(list)
  })

  test('every state can be told', () => {
    const question = nextConsents([], { ...asked, detail: 'a.txt' }, 1)
    const granted = nextConsents(question, { type: 'answered', id, granted: true }, 2)
    const ended = nextConsents(granted, { type: 'ended', id, by: 'cut' }, 3)
    const offered = nextConsents([], { type: 'offered', id, what: 'screen', to: '' }, 1)
    for (const [consent] of [question, granted, ended, offered]) expect(v.is(Consent, consent)).toBe(true)
  })
})

describe('on the desk', () => {
  const question: Consent = { id, what: 'recording', to: 'Marie', asked: 1, state: { kind: 'asked' } }
  const granted: Consent = { ...question, state: { kind: 'granted', at: 2 } }
  const ended: Consent = { ...question, state: { kind: 'ended', granted: 2, at: 3, by: 'customer' } }

  test('what was asked is believed, step by step', () => {
    expect(believable(undefined, question, 'recording')).toBe(true)
    expect(believable(question, granted, 'recording')).toBe(true)
    expect(believable(granted, granted, 'recording')).toBe(true)
    expect(believable(granted, ended, 'recording')).toBe(true)
    expect(
      believable(undefined, { id, what: 'screen', to: 'Marie', state: { kind: 'granted', at: 2 } }, undefined),
    ).toBe(true)
  })

  test('what a technician does cannot have been offered', () => {
    const offered = (what: Consent['what']) => ({ ...granted, what, asked: undefined })
    expect(believable(undefined, offered('screen'), undefined)).toBe(true)
    expect(believable(undefined, offered('sound'), undefined)).toBe(true)
    expect(believable(undefined, offered('recording'), undefined)).toBe(false)
    expect(believable(undefined, offered('drawing'), undefined)).toBe(false)
  })

  test('nobody is said to have asked who did not, or something else', () => {
    expect(believable(undefined, question, undefined)).toBe(false)
    expect(believable(undefined, question, 'screen')).toBe(false)
  })

  test('what was over does not come back, and nothing told is changed', () => {
    expect(believable(ended, granted, 'recording')).toBe(false)
    expect(believable(granted, question, 'recording')).toBe(false)
    expect(believable(granted, { ...granted, state: { kind: 'granted', at: 1 } }, 'recording')).toBe(false)
    expect(believable(question, { ...granted, to: 'Grace' }, 'recording')).toBe(false)
    expect(
      believable(granted, { ...ended, state: { kind: 'ended', granted: 1, at: 3, by: 'technician' } }, 'recording'),
    ).toBe(false)
  })
})
