import './board-card.css'
import { useEffect, useState } from 'preact/hooks'
import { useBoardNews } from '../../components/board/board-news.ts'
import { useDrawingKeys } from '../../components/board/board-shortcuts.ts'
import { BoardTools, type DrawingTool } from '../../components/board/board-tools.tsx'
import { m } from '../../paraglide/messages.js'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { drawnOn } from '../../protocol/screens.ts'
import { BoardPicture } from './board-picture.tsx'
import { FrontWindow } from './front-window.tsx'
import type { LoadedBoard } from './loaded-board.tsx'
import type { Screen } from './screen.ts'

type Props = {
  loaded: Pick<LoadedBoard, 'board' | 'drawing'>
  screen: Pick<Screen, 'sharing' | 'track' | 'further'>
  technician: string
}

/** What a customer draws with: fewer than the technician has. */
const TOOLS: readonly DrawingTool[] = ['pen', 'arrow', 'rectangle', 'text', 'eraser']

/** What is drawn, over a picture of the shared screen or on the white sheet; only while there is something to see. */
export function BoardCard({ loaded, screen, technician }: Props) {
  const { board, drawing } = loaded
  const shared = board.shared.value
  const mayDraw = board.mayDraw.value
  const [news, say] = useState('')
  const sharing = screen.sharing.value
  const other = screen.further.value.find(({ number }) => drawnOn(number) === board.shown.value)
  const first = sharing.kind === 'shared' ? sharing.number : undefined
  const surface = other ? drawnOn(other.number) : surfaceOf(board.shown.value, first)
  const drawn = useDrawn(loaded, surface)
  useBoardNews(shared.board, ({ name }) => name || technician, say)
  useDrawingKeys(drawing, shared.board)
  useEffect(() => {
    if (!mayDraw) drawing.tool.value = 'look'
  }, [mayDraw, drawing])
  if (!surface || !(drawn || mayDraw || surface === BLANK)) return null

  const seen = other ?? (sharing.kind === 'shared' ? sharing : undefined)
  const still = surface !== BLANK && seen?.surface === 'monitor'
  const picture = {
    shared,
    surface,
    drawing: mayDraw ? drawing : undefined,
    track: surface === BLANK ? undefined : (other?.track ?? screen.track()),
  }
  const tools = mayDraw && (
    <BoardTools board={shared.board} surface={surface} drawing={drawing} tools={TOOLS} help="words" />
  )
  return (
    <section class="card board-card" aria-labelledby="board-heading">
      <h2 id="board-heading">
        {surface === BLANK ? m.board_customer_sheet({ technician }) : m.board_customer_screen({ technician })}
      </h2>
      <FrontWindow
        inFront={
          <>
            <BoardPicture {...picture} still={still} />
            {still && <p class="card-quiet">{m.board_customer_still_front()}</p>}
            {tools}
          </>
        }
      >
        <BoardPicture {...picture} still={still} />
        {still && <p class="card-quiet">{m.board_customer_still()}</p>}
        {mayDraw && <p>{m.board_customer_may()}</p>}
        {tools}
        {surface !== BLANK && <p class="card-quiet">{m.board_customer_here()}</p>}
      </FrontWindow>
      <p class="unseen" role="status">
        {news}
      </p>
    </section>
  )
}

function surfaceOf(shown: SurfaceId | null, first: number | undefined): SurfaceId | undefined {
  if (shown === BLANK) return BLANK
  return first === undefined ? undefined : drawnOn(first)
}

/** Whether anything is on a surface, or is being drawn on it. */
function useDrawn({ board }: Props['loaded'], surface: SurfaceId | undefined): boolean {
  const shared = board.shared.value
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    const life = new AbortController()
    const { board: on, theirs } = shared
    const look = () => {
      const live = [...theirs.drawings.values(), ...theirs.laser]
      setDrawn([...live, ...on.items.values()].some((one) => one.surface === surface))
    }
    on.onChange(look, life.signal)
    theirs.onChange(look, life.signal)
    look()
    return () => life.abort()
  }, [shared, surface])
  return drawn
}
