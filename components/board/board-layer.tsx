import './board-layer.css'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Spot } from '../../peer/board/item.ts'
import { NO_PRESSURE } from '../../peer/board/item-bytes.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { type BoardHand, boardHand } from './board-hand.ts'
import { useBoardKeys } from './board-keys.ts'
import { committedLayer } from './committed-layer.ts'
import type { Drawing } from './drawing.ts'
import { onGrid, type Press } from './gesture.ts'
import { type LiveLayer, liveLayer } from './live-layer.ts'
import { TextEditor } from './text-editor.tsx'

type Props = {
  shared: SharedBoard
  surface: SurfaceId
  /** How one draws here; without it one only looks. */
  drawing: Drawing | undefined
  /** The board takes nothing more. */
  onFull?: () => void
}

type Painting = { hand: BoardHand | undefined; live: LiveLayer }

/** The drawings over a picture, or over the white sheet: as large as the element around it, which has the picture's shape. */
export function BoardLayer({ shared, surface, drawing, onFull = () => {} }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const below = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const reach = useRef<HTMLDivElement>(null)
  const [painting, setPainting] = useState<Painting>()
  const [writing, write] = useState<Spot>()
  const full = useRef(onFull)
  full.current = onFull

  useEffect(() => {
    if (!place.current || !below.current || !above.current) return
    const life = new AbortController()
    const committed = committedLayer(below.current, shared.board, surface, life.signal)
    const live = liveLayer(above.current, shared, surface, life.signal)
    const hand =
      drawing && boardHand({ shared, surface, drawing, committed, onText: write, onFull: () => full.current() })
    // In a window of its own it is that window which measures: the page's may be hidden.
    const { ResizeObserver: Observer } = place.current.ownerDocument.defaultView ?? window
    const size = new Observer(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      void committed.resize(width, height)
      live.resize(width, height)
    })
    size.observe(place.current)
    setPainting({ hand, live })
    return () => {
      hand?.cancel()
      size.disconnect()
      life.abort()
    }
  }, [shared, surface, drawing])

  const tool = drawing?.tool.value ?? 'look'
  const hand = tool === 'look' ? undefined : painting?.hand
  // What was begun with one tool is not ended with another. At once: a press may follow before the next frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the tool
  useLayoutEffect(() => () => void painting?.hand?.cancel(), [painting, tool])
  const keys = useBoardKeys(hand, painting?.live, drawing)

  function pressOf({ clientX, clientY, pressure, pointerType }: PointerEvent): Press {
    const box = place.current?.getBoundingClientRect()
    const [width, height] = [box?.width || 1, box?.height || 1]
    return {
      x: onGrid((clientX - (box?.left ?? 0)) / width),
      y: onGrid((clientY - (box?.top ?? 0)) / height),
      // A mouse says always the same.
      pressure: pointerType === 'pen' ? Math.round(pressure * 255) : NO_PRESSURE,
    }
  }

  return (
    <div class={`board-layer ${hand ? 'board-drawn-on' : ''}`} data-tool={tool} ref={place}>
      <canvas ref={below} aria-hidden="true" />
      <div
        ref={reach}
        class="board-reach"
        role="application"
        aria-label={m.board_surface()}
        aria-hidden={!hand}
        tabIndex={hand ? 0 : undefined}
        onPointerDown={(event) => {
          if (!hand || event.button !== 0) return
          event.preventDefault()
          event.currentTarget.focus({ preventScroll: true })
          event.currentTarget.setPointerCapture(event.pointerId)
          keys.hide()
          hand.down(pressOf(event))
        }}
        onPointerMove={(event) => {
          if (!hand) return
          const all = event.getCoalescedEvents?.() ?? []
          for (const one of all.length > 0 ? all : [event]) hand.move(pressOf(one))
        }}
        onPointerUp={(event) => hand?.up(pressOf(event))}
        onPointerCancel={() => hand?.cancel()}
        onKeyDown={keys.pressed}
        onBlur={keys.hide}
      >
        <canvas ref={above} />
      </div>
      {writing && drawing && painting?.hand && (
        <TextEditor
          at={writing}
          drawing={drawing}
          onDone={(text) => {
            painting.hand?.write(writing, text)
            write(undefined)
            reach.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </div>
  )
}
