import type { Page } from 'puppeteer'
import { serverRooms } from '../../../desk/server/server-rooms.ts'
import { type PullFrom, queueRoom, type RoomName } from '../../../protocol/rooms.ts'
import { launchChromium } from '../../support/launch.ts'
import { type Organisation, startOrganisation } from '../accounts/organisation.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, median, progress, quantile } from '../harness.ts'
import { startServer } from '../signalling/children.ts'
import { keyGroup } from './group.ts'
import type { Joining, Way } from './pages/room.ts'

const ROUNDS = 3
const EDITS = 200
/** Nobody types faster; each edit is an entry of its own. */
const PAUSE_MS = 50

const WAYS: readonly Way[] = ['y-websocket', 'mesh', 'mailbox']

const plainYWebsocket = {
  name: 'y-websocket',
  script: new URL('./y-websocket-server.ts', import.meta.url),
  env: {},
  seats: () => [],
}

/** From an edit in one browser until a colleague's has read it, by each of the ways alone, beside a server that reads everything. */
export const updates: Family = {
  names: ['update-mesh', 'update-mailbox', 'mailbox-bytes'],
  async measure(signal) {
    const times: Record<Way, number[]> = { 'y-websocket': [], mesh: [], mailbox: [] }
    let bytes = { ofUpdates: 0, inMailbox: 0 }
    for (let round = 1; round <= ROUNDS; round++) {
      for (const way of WAYS) {
        const measured = await measureOnce(way, signal)
        times[way].push(...measured.latencies)
        if (measured.inMailbox > 0) bytes = measured
        const [p50, p99] = [median(measured.latencies), quantile(measured.latencies, 0.99)]
        progress(`updates ${round}/${ROUNDS}, ${way}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
      }
    }
    const beside = (name: string, way: Way, unit: string, share: number) =>
      compare({
        name,
        unit,
        value: quantile(times[way], share),
        n: times[way].length,
        peer: plainYWebsocket.name,
        peerValue: quantile(times['y-websocket'], share),
      })
    return [
      beside('update-mesh', 'mesh', 'ms p50', 0.5),
      beside('update-mesh', 'mesh', 'ms p99', 0.99),
      beside('update-mailbox', 'mailbox', 'ms p50', 0.5),
      beside('update-mailbox', 'mailbox', 'ms p99', 0.99),
      compare({
        name: 'mailbox-bytes',
        value: bytes.inMailbox / EDITS,
        unit: 'bytes an edit, sealed, in base64url',
        n: EDITS,
        peer: 'Yjs update',
        peerValue: bytes.ofUpdates / EDITS,
      }),
    ]
  },
}

async function measureOnce(way: Way, signal: AbortSignal) {
  await using started = new AsyncDisposableStack()
  const organisation = started.use(await startOrganisation({}, signal))
  const { group, keyring } = await keyGroup(organisation, signal)
  const room = queueRoom(group)
  const plain = started.use(await startServer(plainYWebsocket, signal))
  const pages = started.use(await servePages(new URL('./pages/room.ts', import.meta.url)))
  const { browser } = await launchChromium({ signal })
  started.defer(() => browser.close())
  const origin = way === 'y-websocket' ? `ws://127.0.0.1:${plain.port}` : organisation.origin
  const joining: Joining = { way, origin, token: organisation.admin.token, room, keyring }
  // Two hosts are two sites: each with a process and a disk of its own, as two browsers have.
  const [reader, writer] = [await browser.newPage(), await browser.newPage()]
  for (const [page, host] of [
    [reader, 'localhost'],
    [writer, '127.0.0.1'],
  ] as const) {
    await page.goto(`http://${host}:${pages.port}/room`)
    await page.waitForFunction(() => 'joinRoom' in window, { polling: 100 })
    await page.evaluate((to) => window.joinRoom(to), joining)
  }
  await meet(writer, reader)
  const ofUpdates = await writer.evaluate((edits, pause) => window.write(edits, pause), EDITS, PAUSE_MS)
  await reader.waitForFunction((edits) => window.latencies.length >= edits, { polling: 100 }, EDITS)
  const latencies = await reader.evaluate(() => window.latencies)
  await writer.waitForFunction(() => window.sent(), { polling: 100 })
  return { latencies, ofUpdates, inMailbox: await bytesOf(organisation, room, signal) }
}

/** One edit until the other has it: then both are there. What is measured begins after it. */
async function meet(writer: Page, reader: Page): Promise<void> {
  await writer.evaluate(() => window.write(1, 0))
  await reader.waitForFunction(() => window.latencies.length > 0, { polling: 100, timeout: 30_000 })
  await reader.evaluate(() => {
    window.latencies = []
  })
}

/** Of what stands in the mailbox, without the edit by which the two met. */
async function bytesOf({ client }: Organisation, room: RoomName, signal: AbortSignal): Promise<number> {
  const sizes: number[] = []
  for (let from: PullFrom = { after: 0 }; ; ) {
    const { entries, head } = await serverRooms(client).pull(room, from, signal)
    sizes.push(...entries.map(({ sealed }) => sealed.length))
    const last = entries.at(-1)
    if (last) from = { after: last.seq, stamp: last.stamp }
    if (!last || last.seq >= head) return sizes.slice(1).reduce((sum, size) => sum + size, 0)
  }
}
