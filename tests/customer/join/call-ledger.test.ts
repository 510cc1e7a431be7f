import { signal } from '@preact/signals'
import * as v from 'valibot'
import { beforeEach, expect, test } from 'vitest'
import { keepCallLedger } from '../../../customer/join/call-ledger.ts'
import type { CallNow } from '../../../peer/call/call-handle.ts'
import { nextConsents } from '../../../peer/consent-rules.ts'
import { randomId } from '../../../peer/random-id.ts'
import { CallId, type DeviceState } from '../../../protocol/call.ts'
import { type Consent, ConsentId, type ConsentTopic } from '../../../protocol/consent.ts'

const ID = v.parse(CallId, randomId())
let life: AbortController
beforeEach(() => {
  life = new AbortController()
  return () => life.abort()
})

function begin() {
  const list = signal<readonly Consent[]>([])
  const changes = new EventTarget()
  const dropped: string[] = []
  let now: CallNow = {
    call: { kind: 'none', last: undefined },
    again: 0,
    opening: false,
    mine: { microphone: 'none', camera: 'none' },
    own: {},
    fault: undefined,
    theirs: {},
  }
  const happened = (event: Parameters<typeof nextConsents>[1]) => {
    list.value = nextConsents(list.value, event, 1)
  }
  const id = () => v.parse(ConsentId, randomId())
  keepCallLedger({
    call: {
      get now() {
        return now
      },
      onChange: (changed, until) => changes.addEventListener('change', changed, { signal: until }),
      drop: (kind) => void dropped.push(kind),
    },
    permissions: {
      list,
      offer(what) {
        const offered = id()
        happened({ type: 'offered', id: offered, what, to: 'Marie' })
        return offered
      },
      answer: (which, granted) => happened({ type: 'answered', id: which, granted }),
      end: (which) => happened({ type: 'ended', id: which, by: 'customer' }),
    },
    signal: life.signal,
  })
  const becomes = (change: Partial<CallNow>) => {
    now = { ...now, ...change }
    changes.dispatchEvent(new Event('change'))
  }
  return {
    dropped,
    asked: (what: ConsentTopic) => happened({ type: 'asked', id: id(), what, to: 'Marie' }),
    stopped: (what: ConsentTopic) => {
      const held = list.value.find((one) => one.what === what)
      if (held) happened({ type: 'ended', id: held.id, by: 'customer' })
    },
    rings: () =>
      becomes({ call: { kind: 'ringing', id: ID, video: true, since: 1, theirs: { microphone: 'on', camera: 'on' } } }),
    talks: (microphone: DeviceState, camera: DeviceState) =>
      becomes({
        call: { kind: 'on', id: ID, since: 1, theirs: { microphone: 'on', camera: 'on' } },
        mine: { microphone, camera },
      }),
    ends: () =>
      becomes({ call: { kind: 'none', last: { kind: 'here' } }, mine: { microphone: 'none', camera: 'none' } }),
    told: () => list.value.map(({ what, state }) => `${what} ${state.kind}`),
  }
}

test('S9 S15 what is put into the call answers what was asked for; the rest is refused', () => {
  const { rings, asked, talks, told } = begin()
  rings()
  asked('microphone')
  asked('camera')
  talks('on', 'none')
  expect(told()).toEqual(['microphone granted', 'camera refused'])
})

test('S9 S15 muted, or with the camera off, it still holds; the end of the call ends it', () => {
  const { talks, ends, told } = begin()
  talks('on', 'on')
  talks('off', 'off')
  expect(told()).toEqual(['microphone granted', 'camera granted'])
  ends()
  expect(told()).toEqual(['microphone ended', 'camera ended'])
})

test('S9 S15 a declined call refuses what it asked for', () => {
  const { rings, asked, ends, told } = begin()
  rings()
  asked('microphone')
  ends()
  expect(told()).toEqual(['microphone refused'])
})

test('S9 S15 what is taken back leaves the call', () => {
  const { talks, stopped, dropped } = begin()
  talks('on', 'on')
  stopped('camera')
  expect(dropped).toEqual(['camera'])
})
