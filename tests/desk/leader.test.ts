import { afterEach, expect, test, vi } from 'vitest'
import { isDeskLed, type Leadership, lead } from '../../desk/leader.ts'

let open: AbortController[] = []
afterEach(() => {
  for (const tab of open) tab.abort()
  open = []
})

/** One desk tab; all that it was told. */
function tab() {
  const life = new AbortController()
  open.push(life)
  const told: Leadership[] = []
  const take = lead((state) => told.push(state), life.signal)
  return { told, take, close: () => life.abort() }
}
const becomes = (told: Leadership[], state: Leadership) => vi.waitFor(() => expect(told.at(-1)).toEqual(state))

test('the first tab leads, the second waits and follows when the first closes', async () => {
  const first = tab()
  await becomes(first.told, { kind: 'leading', taken: false })
  const second = tab()
  await becomes(second.told, { kind: 'elsewhere' })
  first.close()
  await becomes(second.told, { kind: 'leading', taken: false })
})

test('a tab takes the lead, and the other one hears of it', async () => {
  const first = tab()
  await becomes(first.told, { kind: 'leading', taken: false })
  const second = tab()
  await becomes(second.told, { kind: 'elsewhere' })
  second.take()
  await becomes(second.told, { kind: 'leading', taken: true })
  await becomes(first.told, { kind: 'elsewhere' })
})

test('a tab that closed says nothing any more', async () => {
  const first = tab()
  await becomes(first.told, { kind: 'leading', taken: false })
  const second = tab()
  await becomes(second.told, { kind: 'elsewhere' })
  second.close()
  first.close()
  const third = tab()
  await becomes(third.told, { kind: 'leading', taken: false })
  expect(second.told.at(-1)).toEqual({ kind: 'elsewhere' })
})

test('from outside it is seen whether a tab leads', async () => {
  expect(await isDeskLed()).toBe(false)
  const only = tab()
  await becomes(only.told, { kind: 'leading', taken: false })
  expect(await isDeskLed()).toBe(true)
  only.close()
  await vi.waitFor(async () => expect(await isDeskLed()).toBe(false))
})
