import { getStroke } from 'perfect-freehand'
import { type Figure, type Item, type Spot, STRIDE, type Stroke } from '../../peer/board/item.ts'
import { NO_PRESSURE } from '../../peer/board/item-bytes.ts'
import { headLength, LINE, lineWidth, type Point, pointAt, pointsOf, stepRadius, textSize } from './geometry.ts'
import { paintOf } from './palette.ts'

/** What is painted on. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
type Drawn<Kind> = Extract<Item, { kind: Kind }>

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'

/**
 * Paints one item on a picture that is 1000 wide and `height` high.
 * @param number of a step
 */
export function paintItem(context: Context, item: Item, height: number, path: Path2D | undefined, number: number) {
  const { fill, ink } = paintOf(item.colour)
  context.globalAlpha = item.kind === 'highlighter' ? 0.4 : 1
  context.fillStyle = fill
  context.strokeStyle = fill
  context.lineWidth = item.width
  context.lineCap = context.lineJoin = 'round'
  switch (item.kind) {
    case 'pen':
    case 'highlighter':
      context.fill(path ?? outline(item, height))
      break
    case 'arrow':
    case 'rectangle':
    case 'ellipse':
      context.stroke(path ?? figurePath(item, height))
      break
    case 'step':
      paintStep(context, item, pointAt(item.at, height), ink, number)
      break
    case 'text':
      paintText(context, item, pointAt(item.at, height), ink)
  }
  context.globalAlpha = 1
}

/** What is dear to compute and stays the same while the picture keeps its shape. */
export function pathOf(item: Item, height: number): Path2D | undefined {
  switch (item.kind) {
    case 'pen':
    case 'highlighter':
      return outline(item, height)
    case 'arrow':
    case 'rectangle':
    case 'ellipse':
      return figurePath(item, height)
    case 'step':
    case 'text':
      return undefined
  }
}

/** The edge of a stroke: thin where the hand was quick, or as the pen was pressed. */
function outline(item: Drawn<Stroke['kind']>, height: number): Path2D {
  const { points } = item
  const pen = item.kind === 'pen'
  const pressed = pen && points.some((value, at) => at % STRIDE === 2 && value !== NO_PRESSURE)
  const input = pointsOf(points, height).map(({ x, y }, at) => [x, y, (points[at * STRIDE + 2] ?? NO_PRESSURE) / 255])
  const edge = getStroke(input, {
    size: lineWidth(item),
    thinning: pen ? 0.45 : 0,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: pen && !pressed,
    last: true,
  })
  const path = new Path2D()
  const last = edge.at(-1)
  if (!last) return path
  let [x = 0, y = 0] = last
  path.moveTo(x, y)
  for (const [nextX = 0, nextY = 0] of edge) {
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
    ;[x, y] = [nextX, nextY]
  }
  path.closePath()
  return path
}

function figurePath(item: Drawn<Figure['kind']>, height: number): Path2D {
  const [from, to] = [pointAt(item.from, height), pointAt(item.to, height)]
  const path = new Path2D()
  switch (item.kind) {
    case 'rectangle':
      path.rect(from.x, from.y, to.x - from.x, to.y - from.y)
      return path
    case 'ellipse': {
      const [rx, ry] = [Math.abs(to.x - from.x) / 2, Math.abs(to.y - from.y) / 2]
      path.ellipse((from.x + to.x) / 2, (from.y + to.y) / 2, rx, ry, 0, 0, 2 * Math.PI)
      return path
    }
    case 'arrow':
      addArrow(path, from, to, headLength(item))
      return path
  }
}

function addArrow(path: Path2D, from: Point, to: Point, head: number) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  path.moveTo(from.x, from.y)
  path.lineTo(to.x, to.y)
  for (const side of [-1, 1]) {
    const back = angle + Math.PI + side * 0.5
    path.moveTo(to.x, to.y)
    path.lineTo(to.x + Math.cos(back) * head, to.y + Math.sin(back) * head)
  }
}

function paintStep(context: Context, item: Drawn<'step'>, { x, y }: Point, ink: string, number: number) {
  const radius = stepRadius(item)
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
  context.lineWidth = 1.5
  context.strokeStyle = ink
  context.stroke()
  context.fillStyle = ink
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `700 ${radius * 1.15}px ${FONT}`
  context.fillText(String(number), x, y + radius * 0.06, radius * 1.8)
}

/** On a plate of its colour: one cannot know what is behind it. */
function paintText(context: Context, item: Drawn<'text'>, { x, y }: Point, ink: string) {
  const size = textSize(item)
  const lines = item.text.split('\n')
  context.font = `600 ${size}px ${FONT}`
  context.textAlign = 'left'
  context.textBaseline = 'top'
  const width = Math.max(...lines.map((line) => context.measureText(line).width))
  const pad = size * 0.35
  context.beginPath()
  context.roundRect(x, y, width + 2 * pad, lines.length * LINE * size + pad, size * 0.3)
  context.fill()
  context.fillStyle = ink
  for (const [index, line] of lines.entries()) context.fillText(line, x + pad, y + pad + index * LINE * size)
}

/** The light of a laser, brightest where it was last. @param age from 0, just now, to 1 */
export function paintLaser(context: Context, spot: Spot, colour: number, age: number, height: number) {
  const { x, y } = pointAt(spot, height)
  const radius = 7 * (1 - age) + 1
  context.globalAlpha = (1 - age) ** 2
  context.fillStyle = paintOf(colour).fill
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
  context.globalAlpha = 1
}
