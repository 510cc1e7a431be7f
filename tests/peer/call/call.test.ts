import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCall } from '../../../peer/call/call.ts'
import type { CallLine } from '../../../peer/call/call-handle.ts'
import type { CallMessage } from '../../../peer/call/call-message.ts'

/** A device as far as it is used here: Node has none. */
class Track extends EventTarget {
  enabled = true
  readonly stop = vi.fn()
}

/** What the browser was asked for and has not given yet, the oldest first. */
let prompts: ((picture: Track) => void)[]
let life: AbortController
beforeEach(() => {
  life = new AbortController()
  prompts = []
  const getUserMedia = () =>
    new Promise((resolve) =>
      prompts.push((picture) => resolve({ getAudioTracks: () => [], getVideoTracks: () => [picture] })),
    )
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
})
afterEach(() => {
  life.abort()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const id = (number: number) => String(number).padStart(22, '-') as never
const ask = (number: number): CallMessage => ({ type: 'call-ask', id: id(number), video: true, with: none })
const none = { microphone: 'none', camera: 'none' } as const

function side(busy = () => false) {
  const call = createCall(busy)
  const readers = new Map<string, (message: never) => void>()
  const said: CallMessage[] = []
  const refuse = vi.fn()
  const link: CallLine = {
    send: (message) => void said.push(message),
    on: (type, hear) => void readers.set(type, hear),
    refuse,
    signal: life.signal,
  }
  call.part(link)
  return { call, said, refuse, hear: (message: CallMessage) => readers.get(message.type)?.(message as never) }
}

/** In a call, with a camera that is on. */
async function talking() {
  const all = side()
  all.hear(ask(1))
  const accepted = all.call.accept({ microphone: false, camera: true })
  const first = new Track()
  prompts.shift()?.(first)
  await accepted
  expect(all.call.now.mine.camera).toBe('on')
  return { ...all, first }
}

test.each(['drop', 'camera off', 'the end'] as const)(
  'a camera that is given after %s is stopped, and takes no part',
  async (why) => {
    const { call, first } = await talking()
    const choosing = call.choose('camera', 'another')
    if (why === 'drop') call.drop('camera')
    if (why === 'camera off') await call.turn('camera', false)
    if (why === 'the end') call.end()
    const late = new Track()
    prompts.shift()?.(late)
    await choosing
    expect(first.stop).toHaveBeenCalled()
    expect(late.stop).toHaveBeenCalled()
    expect(call.now.mine.camera).toBe(why === 'camera off' ? 'off' : 'none')
  },
)

test('of two cameras that are chosen one after the other the last one stays, whichever comes first', async () => {
  const { call } = await talking()
  const [one, another] = [call.choose('camera', 'one'), call.choose('camera', 'another')]
  const [early, late] = [new Track(), new Track()]
  prompts[1]?.(late)
  await another
  prompts[0]?.(early)
  await one
  expect(early.stop).toHaveBeenCalled()
  expect(late.stop).not.toHaveBeenCalled()
  expect(call.now.own.camera).toBe(late)
})

test('calls without end are busy, cost nothing and end nothing', () => {
  const { said, hear, refuse } = side()
  for (let number = 0; number < 100; number += 1) hear(ask(number))
  hear(ask(100))
  expect(said.at(-1)).toEqual({ type: 'call-answer', id: id(100), answer: { kind: 'busy' } })
  hear({ type: 'call-end', id: id(100) })
  expect(refuse).not.toHaveBeenCalled()
})

test('another question does not make it ring longer', () => {
  vi.useFakeTimers()
  const { call, hear } = side()
  hear(ask(1))
  vi.advanceTimersByTime(59_000)
  hear(ask(2))
  expect(call.now.call).toMatchObject({ kind: 'ringing', id: id(2) })
  vi.advanceTimersByTime(1000)
  expect(call.now.call).toEqual({ kind: 'none', last: { kind: 'missed' } })
})

test('who was refused, or not answered, does not ring again at once, however it asks; each further no makes it longer', () => {
  vi.useFakeTimers()
  const { call, said, hear, refuse } = side()
  let number = 0
  const rings = () => {
    number += 1
    hear(ask(number))
    return call.now.call.kind === 'ringing'
  }
  expect(rings()).toBe(true)
  call.decline()
  said.length = 0
  for (let tries = 0; tries < 5; tries += 1) expect(rings()).toBe(false)
  expect(said).toHaveLength(5)
  // Nobody has declined these.
  expect(said.at(-1)).toEqual({ type: 'call-answer', id: id(number), answer: { kind: 'resting', ms: 10_000 } })
  hear(ask(1))
  expect(said.at(-1)).toEqual({ type: 'call-answer', id: id(1), answer: { kind: 'declined' } })
  // Taken back here is of a call that it has seen: no reason to end the link.
  hear({ type: 'call-end', id: id(number) })
  expect(refuse).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10_000)
  expect(rings()).toBe(true)
  // Nobody answers: taken back there.
  hear({ type: 'call-end', id: id(number) })
  vi.advanceTimersByTime(17_000)
  expect(rings()).toBe(false)
  vi.advanceTimersByTime(3000)
  expect(rings()).toBe(true)
  // Another link is no way around.
  call.decline()
  call.over()
  expect(rings()).toBe(false)
})

test('who is refused waits, and says how long; a call that is taken up ends the wait', async () => {
  vi.useFakeTimers({ now: 1000 })
  const { call, said, hear } = side()
  const calls = async () => {
    const asking = call.ask({ microphone: false, camera: false })
    await asking
    return call.now.call.kind === 'asking'
  }
  const lastId = () => said.flatMap((message) => (message.type === 'call-ask' ? [message.id] : [])).at(-1) ?? id(0)
  const answers = (answer: Extract<CallMessage, { type: 'call-answer' }>['answer']) =>
    hear({ type: 'call-answer', id: lastId(), answer })
  expect(await calls()).toBe(true)
  answers({ kind: 'declined' })
  expect(call.now.again).toBe(11_000)
  expect(await calls()).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(await calls()).toBe(true)
  call.end()
  expect(call.now.again).toBe(31_000)
  vi.advanceTimersByTime(20_000)
  expect(await calls()).toBe(true)
  answers({ kind: 'accepted', with: none })
  hear({ type: 'call-end', id: lastId() })
  expect(await calls()).toBe(true)
  // As after a reload, when this page does not know of the no before.
  answers({ kind: 'resting', ms: 8000 })
  expect(call.now).toMatchObject({ call: { last: { kind: 'resting' } }, again: 39_000 })
  expect(await calls()).toBe(false)
  vi.advanceTimersByTime(8000)
  expect(await calls()).toBe(true)
  // In another call: nobody was disturbed.
  answers({ kind: 'busy' })
  expect(await calls()).toBe(true)
})

test('S9 a camera that is unplugged while it rings is not believed to be there', async () => {
  const { call, said, hear } = side()
  const asked = call.ask({ microphone: false, camera: true })
  const camera = new Track()
  prompts.shift()?.(camera)
  await asked
  const [question] = said
  if (question?.type !== 'call-ask') throw new Error('nothing was asked')
  expect(question.with.camera).toBe('on')
  camera.dispatchEvent(new Event('ended'))
  hear({ type: 'call-answer', id: question.id, answer: { kind: 'accepted', with: none } })
  expect(said.at(-1)).toEqual({ type: 'call-state', id: question.id, with: none })
})

test('S9 who talks with one customer does not call, or answer, another one at the same time', async () => {
  let busy = false
  const { call, said, hear } = side(() => busy)
  busy = true
  await call.ask({ microphone: false, camera: false })
  expect(call.now).toMatchObject({ call: { kind: 'none' }, fault: { why: 'other-call' } })
  expect(said).toEqual([])
  call.dismiss()
  busy = false
  hear(ask(1))
  busy = true
  await call.accept({ microphone: false, camera: false })
  expect(call.now).toMatchObject({ call: { kind: 'ringing' }, fault: { why: 'other-call' } })
  call.decline()
  expect(said).toEqual([{ type: 'call-answer', id: id(1), answer: { kind: 'busy' } }])
  await call.ask({ microphone: false, camera: false })
  busy = false
  await call.ask({ microphone: false, camera: false })
  expect(call.now).toMatchObject({ call: { kind: 'asking' }, fault: undefined })
})
