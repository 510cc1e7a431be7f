import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TicketReply } from '../../protocol/http.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { tokensOf } from '../support/account.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let marie: Technician
let resolved: string

beforeAll(async () => {
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  const { code } = await marie.create('Rosa Lima', 'Is it safe?', { Group: 'Support' })
  resolved = code.slice(0, 5)
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Resolve')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
})
afterAll(() => over.abort())

/** So many tickets that are resolved, of which nothing can be opened: they stand before those that were resolved earlier. */
async function resolveSealed(count: number) {
  const [token] = await tokensOf(marie.page)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path: string, body: object) => {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return v.parse(TicketReply, await response.json()).ticket
  }
  const key = () => randomBytes(16).toString('base64url')
  const group = await marie.page.evaluate(
    async (url, authorization) => {
      const reply = await fetch(`${url}/api/groups`, { headers: { authorization } })
      return ((await reply.json()) as { groups: { id: string; name: string }[] }).groups.find(
        ({ name }) => name === 'Support',
      )?.id
    },
    server.url,
    `Bearer ${token}`,
  )
  for (let at = 0; at < count; at += 1) {
    const { id, version } = await ask('/api/tickets', { key: key(), group, assignee: null })
    const change = { kind: 'resolve', sealed: 'A'.repeat(40) }
    await ask(`/api/tickets/${id}/changes`, { version, key: key(), change })
  }
}

test('L4 the search says what it looked through, finds an ID on the server, and opens all others when one asks for it', async () => {
  const { page } = marie
  await resolveSealed(55)
  await marie.press('Resolved')
  await marie.sees('Show more')
  expect(await marie.read()).not.toContain('Rosa Lima')
  await marie.fill('Search resolved tickets', 'is it safe')
  await marie.sees('Found: 0. Searched were the 50 tickets that are opened')
  await isAccessible(page, 'resolved-search')
  await marie.fill('Search resolved tickets', resolved)
  await marie.sees('Found by its ID, on the server: 1')
  await marie.sees('Rosa Lima')
  await marie.fill('Search resolved tickets', 'is it safe')
  await marie.sees('Found: 0.')
  // Slow enough to be cancelled.
  await page.evaluate(() => {
    const { fetch } = window
    const slow: typeof fetch = async (input, init) => {
      if (String(input).endsWith('/tickets/details')) await new Promise((resolve) => setTimeout(resolve, 3_000))
      return await fetch(input, init)
    }
    Object.assign(window, { fetch: slow, quick: () => Object.assign(window, { fetch }) })
  })
  await marie.press('Search all that fit the filters')
  await marie.sees('This browser opens one ticket after the other')
  await isAccessible(page, 'resolved-search-all')
  await marie.press('Cancel')
  await marie.sees('Searched were the 50 tickets that are opened')
  await page.evaluate(() => (window as typeof window & { quick(): void }).quick())
  await marie.press('Search all that fit the filters')
  await marie.sees('Rosa Lima')
  await marie.sees('Found: 1. All resolved tickets that fit the filters were searched: 56.')
})

test('L4 the resolved tickets are put in order by the column that one presses', async () => {
  await marie.fill('Search resolved tickets', '')
  const codes = () =>
    marie.page.$$eval('::-p-aria([role="row"])', (rows) =>
      rows.flatMap((row) => row.querySelector('td')?.textContent ?? []),
    )
  await marie.press('Connection ID')
  await expect.poll(async () => (await codes()).length).toBe(50)
  await expect.poll(async () => ((list) => list.join() === list.toSorted().join())(await codes())).toBe(true)
  const first = await codes()
  await marie.press('Connection ID')
  await expect.poll(async () => (await codes())[0]).not.toBe(first[0])
  expect(await codes()).toEqual((await codes()).toSorted().reverse())
  await marie.press('Assignee')
  await expect.poll(() => marie.page.$('th[aria-sort="ascending"]').then((head) => head !== null)).toBe(true)
  await isAccessible(marie.page, 'resolved-sorted')
  await marie.press('Assignee')
  // Nobody had the others.
  await marie.sees('Rosa Lima')
  await marie.page.setViewport({ width: 400, height: 800 })
  await isAccessible(marie.page, 'resolved-narrow')
  await marie.page.setViewport({ width: 1440, height: 860 })
})

test('L4 F4 in French, also with a search', async () => {
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press('Résolus')
  await marie.fill('Rechercher un ticket résolu', 'imprimante')
  await marie.sees('La recherche porte sur les 50 tickets ouverts dans ce navigateur')
  await isAccessible(marie.page, 'resolved-french')
  expect(await leftInEnglish(marie.page)).toEqual([])
})
