import {
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

type Options = {
  count: number
  scroller: RefObject<HTMLElement>
  /** What a line is about as high as, in CSS pixels, until it was measured. */
  heightOf(index: number): number
  /** The same function as long as the lines are the same: with another one, the place of every line is worked out anew. */
  keyOf(index: number): string
}

/** The lines of a long list that are in sight, and a few around them. */
export type Virtual = {
  readonly items: readonly VirtualItem[]
  /** Of all lines together, in CSS pixels. */
  readonly height: number
  /** For each line's element, which carries `data-index`. */
  measure(element: HTMLElement | null): void
  /** Brings a line into sight, where it is not. */
  show(index: number): void
}

const AROUND = 8

export function useVirtual({ count, scroller, heightOf, keyOf }: Options): Virtual {
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0)
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: AROUND,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    measureElement,
    onChange: () => redraw(undefined),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
