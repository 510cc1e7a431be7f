import * as Y from 'yjs'
import { committedLayer } from '../../../../components/board/committed-layer.ts'
import { itemsOf, openBoard } from '../../../../peer/board/board.ts'
import { encodeItem } from '../../../../peer/board/item-bytes.ts'
import { SCREEN } from '../../../../protocol/board.ts'
import { handwriting, numbered, strokeItem } from '../strokes.ts'

declare global {
  interface Window {
    /**
     * Paints a board of 5 000 strokes on 1920 × 1080. @returns ms until all is seen, the longest time between two pictures meanwhile,
     * and as long without anything to paint
     */
    paintBoard(): Promise<{ total: number; longest: number; idle: number }>
  }
}

const strokes = handwriting(5000, 50)

window.paintBoard = async () => {
  const document_ = new Y.Doc()
  const life = new AbortController()
  const board = openBoard(document_, life.signal)
  const canvas = document.createElement('canvas')
  document.body.replaceChildren(canvas)
  const layer = committedLayer(canvas, board, SCREEN, life.signal)
  document_.transact(() => {
    for (const [n, points] of strokes.entries()) itemsOf(document_).set(numbered(n), encodeItem(strokeItem(points, n)))
  })
  const start = performance.now()
  const longest = await longestStand(layer.resize(1920, 1080))
  const total = performance.now() - start
  const idle = await longestStand(new Promise((resolve) => setTimeout(resolve, total)))
  life.abort()
  return { total, longest, idle }
}

/** The longest time between two pictures, in ms, until then. */
async function longestStand(until: Promise<void>): Promise<number> {
  let over = false
  void until.then(() => {
    over = true
  })
  let [before, longest] = [performance.now(), 0]
  while (!over) {
    const now = await new Promise<number>((drawn) => requestAnimationFrame(() => drawn(performance.now())))
    longest = Math.max(longest, now - before)
    before = now
  }
  return longest
}
