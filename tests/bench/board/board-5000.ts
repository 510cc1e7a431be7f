import * as Y from 'yjs'
import { itemsOf, openBoard } from '../../../peer/board/board.ts'
import { encodeItem } from '../../../peer/board/item-bytes.ts'
import { launchChromium } from '../../support/launch.ts'
import { servePages } from '../frames/page-server.ts'
import { compare, type Family, median, progress } from '../harness.ts'
import { handwriting, numbered, strokeItem } from './strokes.ts'

const STROKES = 5000
const POINTS = 50
const ROUNDS = 9
/**
 * A board of 5 000 strokes of 50 points: what it weighs, how long it takes to be there, and how long the picture stands still while it is
 * painted. Beside it the same strokes as one JSON value each, which is what a whiteboard on Yjs mostly is.
 */
export const board5000: Family = {
  names: ['board-5000', 'board-5000-bytes', 'board-5000-paint'],
  async measure(signal) {
    const drawn = handwriting(STROKES, POINTS)
    const ours = new Y.Doc()
    ours.transact(() => {
      for (const [n, points] of drawn.entries()) itemsOf(ours).set(numbered(n), encodeItem(strokeItem(points, n)))
    })
    const json = new Y.Doc()
    json.getArray('strokes').insert(
      0,
      drawn.map((points, n) => {
        const { kind, surface, by, colour, width, order } = strokeItem(points, n)
        const about = { id: numbered(n), kind, surface, by, colour, width, order }
        return { ...about, points: points.map(({ x, y }) => [Math.round(x), Math.round(y)]) }
      }),
    )
    const [bytes, jsonBytes] = [Y.encodeStateAsUpdate(ours), Y.encodeStateAsUpdate(json)]
    const [loads, jsonLoads]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      loads.push(timed(() => loadBoard(bytes)))
      jsonLoads.push(timed(() => loadJson(jsonBytes)))
    }
    const paints = await paintTimes(signal)
    progress(`board-5000: painted in ${median(paints.map(({ total }) => total)).toFixed()} ms`)
    const peer = 'JSON per stroke'
    return [
      compare(
        { name: 'board-5000', value: median(loads), unit: 'ms', n: ROUNDS, peer, peerValue: median(jsonLoads) },
        1.5,
      ),
      compare(
        { name: 'board-5000-bytes', value: bytes.length, unit: 'bytes', n: 1, peer, peerValue: jsonBytes.length },
        0.6,
      ),
      compare(
        {
          name: 'board-5000-paint',
          value: median(paints.map(({ longest }) => longest)),
          unit: 'ms the picture stands still',
          n: paints.length,
          peer: 'nothing to paint',
          peerValue: median(paints.map(({ idle }) => idle)),
        },
        3,
      ),
    ]
  },
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** All that is needed to paint. */
function loadBoard(bytes: Uint8Array) {
  const life = new AbortController()
  const document = new Y.Doc()
  Y.applyUpdate(document, bytes)
  const { items } = openBoard(document, life.signal)
  if (items.size !== STROKES) throw new Error('strokes are missing')
  life.abort()
}

function loadJson(bytes: Uint8Array) {
  const document = new Y.Doc()
  Y.applyUpdate(document, bytes)
  if (document.getArray('strokes').toArray().length !== STROKES) throw new Error('strokes are missing')
}

type Paint = { total: number; longest: number; idle: number }

async function paintTimes(signal: AbortSignal): Promise<Paint[]> {
  using pages = await servePages(new URL('./pages/painter.ts', import.meta.url))
  const { browser } = await launchChromium({ signal })
  try {
    const page = await browser.newPage()
    await page.setViewport({ width: 1920, height: 1080 })
    await page.goto(`http://localhost:${pages.port}/painter`)
    await page.waitForFunction(() => 'paintBoard' in window, { polling: 100 })
    const paints: Paint[] = []
    while (paints.length < ROUNDS) paints.push(await page.evaluate(() => window.paintBoard()))
    return paints
  } finally {
    await browser.close()
  }
}
