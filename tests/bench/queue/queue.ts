import type { KeyInput, Page } from 'puppeteer'
import { givePassword, paste } from '../../support/account.ts'
import { openDesk, type Technician } from '../../support/technician.ts'
import { ADMIN } from '../accounts/organisation.ts'
import { compare, type Family, type Figure, median, progress, quantile, round } from '../harness.ts'
import { type Opened, watchFirstRow, watchKeys } from './in-page.ts'
import { startFull } from './seed.ts'

/** Typed and taken away again, one key after the other: each key leaves other rows. */
const WORDS = ['gudrun', '4071', 'hums', '913', 'kofi', '286', 'jansen', 'dark', '57']
/** Longer than any key may take, and than a person pauses. */
const PAUSE_MS = 400

const HEAP_SETTLES_MS = 2_000

/** A desk with so many open tickets, as a technician has it: signed in, read once, and then opened again. */
export function queue(tickets: number, short: string, { opens, filter }: { opens: number; filter: boolean }): Family {
  const [open, filtering] = [`queue-open-${short}`, `queue-filter-${short}`]
  return {
    names: filter ? [open, filtering] : [open],
    async measure(signal) {
      const life = new AbortController()
      const until = AbortSignal.any([signal, life.signal])
      try {
        progress(`${open}: making ${tickets} tickets`)
        await using organisation = await startFull(tickets, signal)
        const desk = await openDesk({ signal: until })
        const first = await signIn(desk, organisation.origin, tickets)
        progress(`${open}: for the first time, after the sign-in: ${JSON.stringify(first)}`)
        const times: Opened[] = []
        for (let n = 1; n <= opens; n++) {
          times.push(await reopen(desk.page, tickets))
          progress(`${open} ${n}/${opens}: ${JSON.stringify(times.at(-1))}`)
        }
        const heap = await heapOf(desk.page)
        const figures = [
          alone(open, median(times.map(({ row }) => row)), 'ms to the first row', opens),
          alone(open, median(times.map(({ all }) => all)), 'ms until all are there', opens),
          alone(open, first.row, 'ms from the sign-in of a new browser to the first row', 1),
          alone(open, first.all, 'ms from the sign-in of a new browser until all are there', 1),
          alone(open, heap, 'bytes of heap', 1),
        ]
        return filter ? [...figures, ...(await filterFigures(filtering, desk.page))] : figures
      } finally {
        life.abort()
      }
    },
  }
}

/** A figure without a peer. */
function alone(name: string, value: number, unit: string, n: number): Figure {
  return { name, value: round(value), unit, n, against: null, ratio: null, goal: null, holds: null }
}

/** @returns how long after the sign-in the first row, and everything, was there, in ms */
async function signIn(desk: Technician, origin: string, tickets: number): Promise<Opened> {
  await paste(desk, origin)
  const startedAt = performance.now()
  await givePassword(desk, ADMIN.email, ADMIN.password)
  await desk.page.waitForSelector('[role=grid] [data-ticket]', { timeout: 60_000 })
  const row = performance.now() - startedAt
  await desk.page.waitForFunction(hasAll, { timeout: 300_000, polling: 100 }, tickets)
  return { row, all: performance.now() - startedAt }
}

/** Runs in the page. The headings count among the rows. */
function hasAll(tickets: number): boolean {
  return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) >= tickets
}

async function reopen(page: Page, tickets: number): Promise<Opened> {
  const script = await page.evaluateOnNewDocument(watchFirstRow, tickets)
  await page.reload({ waitUntil: [] })
  await page.waitForFunction(() => window.queueOpened?.all !== undefined, { timeout: 120_000, polling: 200 })
  await page.removeScriptToEvaluateOnNewDocument(script.identifier)
  const opened = await page.evaluate(() => window.queueOpened)
  if (!opened) throw new Error('the queue was not seen')
  return opened
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.createCDPSession()
  await new Promise((resolve) => setTimeout(resolve, HEAP_SETTLES_MS))
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

async function filterFigures(name: string, page: Page): Promise<Figure[]> {
  await page.focus('input[type=search]')
  await page.evaluate(watchKeys)
  for (const word of WORDS) {
    for (const key of [...word, ...Array.from(word, () => 'Backspace')]) {
      await page.keyboard.press(key as KeyInput)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const keys = await page.evaluate(() => window.keys ?? [])
  const painted = keys.flatMap(({ at, painted }) => (painted === undefined ? [] : [painted - at]))
  progress(`${name}, ${keys.length} keys: ${painted.map((ms) => ms.toFixed()).join(' ')}`)
  const limit = { name, n: painted.length, peer: 'limit', peerValue: 50 }
  return [
    compare({ ...limit, unit: 'ms p95 from the key to painted rows', value: quantile(painted, 0.95) }, 1),
    compare({ ...limit, unit: 'ms p50 from the key to painted rows', value: median(painted) }),
  ]
}
