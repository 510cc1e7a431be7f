import { type Signal, signal } from '@preact/signals'
import type { Author, Shape } from '../../peer/board/item.ts'
import { colourOf } from './palette.ts'

/** `look`: the picture is used as if there were no board. */
export type Tool = 'look' | Shape['kind'] | 'laser' | 'eraser'

/** How somebody draws just now. */
export type Drawing = {
  readonly tool: Signal<Tool>
  readonly colour: Signal<number>
  /** In thousandths of the picture's width. */
  readonly width: Signal<number>
  /** The white sheet is before one, instead of the screen. */
  readonly blank: Signal<boolean>
}

export const WIDTHS = [3, 6, 12] as const

export function createDrawing(me: Author): Drawing {
  return {
    tool: signal<Tool>('look'),
    colour: signal(colourOf(me)),
    width: signal<number>(WIDTHS[1]),
    blank: signal(false),
  }
}
