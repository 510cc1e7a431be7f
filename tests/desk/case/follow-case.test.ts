import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { type CaseText, followCases } from '../../../desk/case/follow-case.ts'
import { header } from '../queue/samples.ts'

const ticket = header(66031).id
/** Longer than what is typed is waited for, in ms. */
const SETTLED = 900

function written(text: string) {
  const notes = signal(text)
  return { notes, document: { history: signal([]), notes: { text: notes }, loaded: Promise.resolve() } }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, SETTLED))

test('what a case says is handed on as it goes on, once it is settled', async ({ signal: over }) => {
  const handed: CaseText[] = []
  const { follow } = followCases((_, text) => handed.push(text), over)
  const { notes, document } = written('Called twice ')
  follow(ticket, document)
  await vi.waitFor(() => expect(handed).toEqual([{ notes: 'Called twice', chat: '' }]))
  for (const letters of ['t', 'th', 'thrice']) notes.value = `Called ${letters}`
  await settled()
  expect(handed.map((text) => text.notes)).toEqual(['Called twice', 'Called thrice'])
})

test('what was just written is dropped when the case goes; one that comes back is followed anew', async ({
  signal: over,
}) => {
  const handed: string[] = []
  const { follow, stop } = followCases((_, text) => handed.push(text.notes), over)
  const { notes, document } = written('Called twice')
  follow(ticket, document)
  await vi.waitFor(() => expect(handed).toEqual(['Called twice']))
  notes.value = 'Called thrice'
  stop(ticket)
  notes.value = 'Called again'
  await settled()
  expect(handed).toEqual(['Called twice'])
  follow(ticket, written('Back').document)
  await vi.waitFor(() => expect(handed).toEqual(['Called twice', 'Back']))
})
