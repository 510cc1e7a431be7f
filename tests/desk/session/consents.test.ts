import * as v from 'valibot'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { caseConsents } from '../../../desk/case/case-consents.ts'
import { ticketConsents } from '../../../desk/session/consents.ts'
import { createConsents } from '../../../peer/consents.ts'
import { Consent, ConsentId } from '../../../protocol/consent.ts'
import { linkPair } from '../../peer/link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

/** A desk and a page on one link. */
async function session(loaded = Promise.resolve()) {
  const pair = linkPair(life.signal)
  const kept = { ...caseConsents(new Y.Doc()), loaded }
  const desk = ticketConsents(() => kept)
  const page = createConsents(() => 'Marie')
  desk.part(pair.technician)
  page.part(pair.customer)
  await Promise.resolve()
  const told = () => [...desk.now.value.values()].map(({ what, state }) => `${what} ${state.kind}`)
  return { pair, kept, desk, page, told }
}

test('what the technician asks with consent-ask, the customer answers, and both know; it is kept with the case', async () => {
  const { desk, page, kept, told } = await session()
  expect(desk.ask('recording')).toBe(true)
  expect(desk.ask('recording')).toBe(false)
  const [question] = page.list
  expect(question).toMatchObject({ what: 'recording', to: 'Marie', state: { kind: 'asked' } })
  if (question) page.answer(question.id, true)
  expect(told()).toEqual(['recording granted'])
  if (question) page.end(question.id)
  expect(told()).toEqual(['recording ended'])
  expect(kept.list.value).toEqual(page.list)
  expect(desk.ask('recording')).toBe(true)
})

test('the technician takes a question back with consent-end, and gives up what was granted', async () => {
  const { desk, page, told } = await session()
  desk.ask('drawing')
  const [question] = page.list
  if (question) desk.end(question.id)
  expect(told()).toEqual(['drawing withdrawn'])
  const id = page.offer('screen', 'Screen 1')
  if (id) desk.end(id)
  expect(page.list.at(-1)?.state).toMatchObject({ kind: 'ended', by: 'technician' })
})

test('what is ended while the link is cut, and so was not heard, is ended on the next one', async () => {
  const { desk, page, told, pair } = await session()
  const id = page.offer('folder', 'Invoices')
  pair.customer.on('consent-end', () => {})
  if (id) desk.end(id)
  expect(told(), 'the page did not hear it').toEqual(['folder granted'])
  pair.cut()
  const next = linkPair(life.signal)
  desk.part(next.technician)
  page.part(next.customer)
  await vi.waitFor(() => expect(told()).toEqual(['folder ended']))
})

test('the words on the link are consent-ask, consent-end and consent', () => {
  const { technician, customer } = linkPair(life.signal)
  const desk = ticketConsents(() => ({ ...caseConsents(new Y.Doc()), loaded: Promise.resolve() }))
  desk.part(technician)
  const asked: string[] = []
  customer.on('consent-ask', ({ type, id }) => {
    asked.push(type)
    if (id) desk.end(id)
  })
  customer.on('consent-end', ({ type }) => asked.push(type))
  desk.ask('folder')
  expect(asked).toEqual(['consent-ask', 'consent-end'])
})

test('a new link is told all of it, and what a page cannot say is not believed', async () => {
  const { desk, page, told, pair } = await session()
  page.offer('screen')
  pair.cut()
  expect(told(), 'while the link is made again').toEqual(['screen granted'])
  expect(desk.ask('recording')).toBe(false)
  desk.over()
  expect(told()).toEqual([])
  const next = linkPair(life.signal)
  desk.part(next.technician)
  page.part(next.customer)
  await Promise.resolve()
  expect(told()).toEqual(['screen granted'])
  const forged = v.parse(Consent, {
    id: v.parse(ConsentId, 'F'.repeat(22)),
    what: 'folder',
    to: 'Marie',
    asked: 1,
    state: { kind: 'granted', at: 2 },
  })
  next.customer.send({ type: 'consent', consent: forged })
  expect(told()).toEqual(['screen granted'])
})

test('what was asked before a reload is only known to the case: the page waits to be heard until that is read', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { kept, page, pair, told } = await session(promise)
  const question = v.parse(Consent, {
    id: v.parse(ConsentId, 'Q'.repeat(22)),
    what: 'recording',
    to: 'Marie',
    asked: 1,
    state: { kind: 'asked' },
  })
  pair.customer.send({ type: 'consent', consent: { ...question, state: { kind: 'granted', at: 2 } } })
  page.offer('screen')
  expect(told()).toEqual([])
  kept.put(question)
  resolve()
  await vi.waitFor(() => expect(told()).toEqual(['recording granted', 'screen granted']))
})

test('a no is heard for a while: the desk asks for the same again when the page would, and says when', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { desk, page } = await session()
  desk.ask('folder')
  const [question] = page.list
  if (question) page.answer(question.id, false)
  expect(desk.ask('folder')).toBe(false)
  expect(desk.again.value.get('folder')).toBe(Date.now() + 10_000)
  expect(desk.ask('recording'), 'another thing').toBe(true)
  vi.advanceTimersByTime(10_000)
  expect(desk.ask('folder')).toBe(true)
  expect(page.list.at(-1)).toMatchObject({ what: 'folder', state: { kind: 'asked' } })
})
