import * as Y from 'yjs'
import { committedLayer } from '../../../../components/board/committed-layer.ts'
import { itemsOf, openBoard } from '../../../../peer/board/board.ts'
import { encodeItem } from '../../../../peer/board/item-bytes.ts'
import { SCREEN } from '../../../../protocol/board.ts'
import { handwriting, numbered, strokeItem } from '../strokes.ts'

declare global {
  interface Window {
    /** Paints a board of 5 000 strokes on 1920 × 1080. @returns ms until all is seen, and the longest time between two pictures */
    paintBoard(): Promise<{ total: number; longest: number }>
  }
}

const strokes = handwriting(5000, 50)

window.paintBoard = async () => {
  const document_ = new Y.Doc()
  const life = new AbortController()
  const board = openBoard(document_, life.signal)
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  const layer = committedLayer(canvas, board, SCREEN, life.signal)
  document_.transact(() => {
    for (const [n, points] of strokes.entries()) itemsOf(document_).set(numbered(n), encodeItem(strokeItem(points, n)))
  })
  const start = performance.now()
  let [before, longest] = [start, 0]
  layer.resize(1920, 1080)
  for (;;) {
    const now = await new Promise<number>((drawn) => requestAnimationFrame(() => drawn(performance.now())))
    longest = Math.max(longest, now - before)
    before = now
    if (isPainted(canvas)) return { total: now - start, longest }
  }
}

/** All of it is shown at once. */
function isPainted(canvas: HTMLCanvasElement): boolean {
  const last = strokes.at(-1)?.[25]
  if (!last) return false
  const { data } = canvas.getContext('2d')?.getImageData(last.x - 3, last.y - 3, 6, 6) ?? { data: [] }
  return data.some((value, at) => at % 4 === 3 && value > 0)
}
