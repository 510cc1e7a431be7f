import { GRID, type Item, type Spot, STRIDE } from '../../peer/board/item.ts'

/** Things are measured on a picture that is 1000 wide, and as high as its shape makes it. */
export const WIDE = 1000

export type Point = { x: number; y: number }
export type Box = { left: number; top: number; right: number; bottom: number }

export function pointAt({ x, y }: Spot, height: number): Point {
  return { x: (x / GRID) * WIDE, y: (y / GRID) * height }
}

/** A highlighter is as broad as a line of text. */
export const lineWidth = ({ kind, width }: Pick<Item, 'kind' | 'width'>) => (kind === 'highlighter' ? width * 4 : width)
export const stepRadius = ({ width }: Pick<Item, 'width'>) => 10 + width
export const textSize = ({ width }: Pick<Item, 'width'>) => 12 + width * 1.5
export const headLength = ({ width }: Pick<Item, 'width'>) => 10 + width * 2.5

/** How wide a letter is at most, and mostly, for its size: nobody has measured them. */
const WIDEST = 1
const USUAL = 0.6
export const LINE = 1.3

/** What an item covers. */
export function boxOf(item: Item, height: number): Box {
  switch (item.kind) {
    case 'pen':
    case 'highlighter': {
      const around = lineWidth(item)
      return grow(boxAround(pointsOf(item.points, height)), around)
    }
    case 'arrow':
      return grow(boxAround([item.from, item.to].map((spot) => pointAt(spot, height))), headLength(item) + item.width)
    case 'rectangle':
    case 'ellipse':
      return grow(boxAround([item.from, item.to].map((spot) => pointAt(spot, height))), item.width)
    case 'step':
      return grow(boxAround([pointAt(item.at, height)]), stepRadius(item) + 2)
    case 'text':
      return textBox(item, height, WIDEST)
  }
}

function textBox(item: Extract<Item, { kind: 'text' }>, height: number, letter: number): Box {
  const { x, y } = pointAt(item.at, height)
  const size = textSize(item)
  const lines = item.text.split('\n')
  const longest = Math.max(...lines.map((line) => line.length))
  return {
    left: x - 2,
    top: y - 2,
    right: x + (longest * letter + 1) * size,
    bottom: y + (lines.length * LINE + 1) * size,
  }
}

export function pointsOf(points: ArrayLike<number>, height: number): Point[] {
  const found: Point[] = []
  for (let at = 0; at < points.length; at += STRIDE) {
    found.push(pointAt({ x: points[at] ?? 0, y: points[at + 1] ?? 0 }, height))
  }
  return found
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

export function union(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  }
}

/** Whether an eraser that is `reach` wide touches the item: its lines, not what they enclose. */
export function isHit(item: Item, at: Point, height: number, reach: number): boolean {
  const box = item.kind === 'text' ? textBox(item, height, USUAL) : boxOf(item, height)
  if (!overlaps(box, { left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach })) return false
  switch (item.kind) {
    case 'step':
    case 'text':
      return true
    case 'arrow':
      return isNear(at, [pointAt(item.from, height), pointAt(item.to, height)], reach + item.width)
    case 'pen':
    case 'highlighter':
      return isNear(at, pointsOf(item.points, height), reach + lineWidth(item) / 2)
    case 'rectangle':
      return isNear(
        at,
        corners(boxAround([item.from, item.to].map((spot) => pointAt(spot, height)))),
        reach + item.width,
      )
    case 'ellipse':
      return isNear(at, round(boxAround([item.from, item.to].map((spot) => pointAt(spot, height)))), reach + item.width)
  }
}

function corners({ left, top, right, bottom }: Box): Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
    { x: left, y: top },
  ]
}

function round({ left, top, right, bottom }: Box): Point[] {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  return Array.from({ length: 33 }, (_, part) => {
    const angle = (part / 16) * Math.PI
    return { x: x + (Math.cos(angle) * (right - left)) / 2, y: y + (Math.sin(angle) * (bottom - top)) / 2 }
  })
}

function isNear(at: Point, line: readonly Point[], reach: number): boolean {
  const [first] = line
  if (line.length === 1 && first) return Math.hypot(at.x - first.x, at.y - first.y) <= reach
  return line.some((to, index) => {
    const from = line[index - 1]
    return from !== undefined && distance(at, from, to) <= reach
  })
}

/** From a point to the line between two others. */
function distance(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / length))
  return Math.hypot(at.x - from.x - along * dx, at.y - from.y - along * dy)
}

/** A stroke has more points than a call takes arguments in every browser. */
function boxAround(points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x)
    box.top = Math.min(box.top, y)
    box.right = Math.max(box.right, x)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

function grow({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
}
