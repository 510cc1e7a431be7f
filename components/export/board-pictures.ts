import type { BoardItems } from '../../peer/board/board.ts'
import { inOrder, numberSteps } from '../../peer/board/item.ts'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { WIDE } from '../board/geometry.ts'
import { paintItem, pathOf } from '../board/paint.ts'
import { surfaceName, surfacesOf } from '../board/surfaces.ts'

/** One surface of a whiteboard as a picture in the ZIP. `texts`: what is written on it, for who cannot see it. */
export type BoardPicture = { name: string; caption: string; texts: readonly string[]; paint(): Promise<Blob> }

/** In pixels, in the shape in which the desk shows it. */
const SIZE = { width: 1920, height: 1080 }
/** What was under it is not kept: as grey as at the desk, so that white is seen, too. */
const PAPER = { sheet: '#ffffff', screen: '#8b939b' }

/** Painted when the ZIP has come to it, from what is on the board at that moment. */
export function boardPictures(board: Pick<BoardItems, 'items'>): BoardPicture[] {
  const surfaces = surfacesOf(board)
  return surfaces.map((surface) => ({
    name: `whiteboard/${surface}.png`,
    caption: surfaceName(surface, surfaces),
    texts: itemsOn(board, surface).flatMap(([, item]) => (item.kind === 'text' ? [item.text] : [])),
    paint: () => paintSurface(board, surface),
  }))
}

function itemsOn({ items }: Pick<BoardItems, 'items'>, surface: SurfaceId) {
  return [...items].filter(([, item]) => item.surface === surface).sort(inOrder)
}

async function paintSurface(board: Pick<BoardItems, 'items'>, surface: SurfaceId): Promise<Blob> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, SIZE)
  const context = canvas.getContext('2d')
  if (context) {
    context.fillStyle = surface === BLANK ? PAPER.sheet : PAPER.screen
    context.fillRect(0, 0, SIZE.width, SIZE.height)
    context.scale(SIZE.width / WIDE, SIZE.width / WIDE)
    const high = (SIZE.height / SIZE.width) * WIDE
    const numbers = numberSteps(board.items)
    for (const [id, item] of itemsOn(board, surface)) {
      paintItem(context, item, high, pathOf(item, high), numbers.get(id) ?? 0)
    }
  }
  const picture = await new Promise<Blob | null>((packed) => canvas.toBlob(packed, 'image/png'))
  if (!picture) throw new Error('the whiteboard could not be painted')
  return picture
}
