import './board-tools.css'
import {
  Circle,
  Eraser,
  Highlighter,
  type LucideIcon,
  MoveUpRight,
  Pencil,
  Redo2,
  Square,
  Sun,
  Trash2,
  Type,
  Undo2,
} from 'lucide-preact'
import { useEffect, useReducer } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Board } from '../../peer/board/board.ts'
import type { SurfaceId } from '../../protocol/board.ts'
import { IconButton } from '../ui/icon-button.tsx'
import type { Drawing, Tool } from './drawing.ts'
import { LineChoice } from './line-choice.tsx'

export type DrawingTool = Exclude<Tool, 'look'>

type Props = {
  board: Board
  surface: SurfaceId
  drawing: Drawing
  tools: readonly DrawingTool[]
  /** `keys`: those of the tools work here, and are told. `words`: the tools say what they are, for who sees them for the first time. */
  help: 'keys' | 'words'
}

/** In the order of use; the key is the one that takes the tool. */
export const TOOL_KEYS: Readonly<Record<DrawingTool, string>> = {
  pen: 'p',
  highlighter: 'h',
  arrow: 'a',
  rectangle: 'b',
  ellipse: 'e',
  text: 't',
  step: 'n',
  laser: 'l',
  eraser: 'x',
}

/** All there are. */
export const TOOLS: readonly DrawingTool[] = [
  'pen',
  'highlighter',
  'arrow',
  'rectangle',
  'ellipse',
  'text',
  'step',
  'laser',
  'eraser',
]

/** Takes a tool, or puts it back; then colour and line, and what takes back. */
export function BoardTools({ board, surface, drawing, tools, help }: Props) {
  const [, stepped] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const life = new AbortController()
    board.onSteps(() => stepped(undefined), life.signal)
    board.onChange(() => stepped(undefined), life.signal)
    return () => life.abort()
  }, [board])
  const tool = drawing.tool.value
  const lined = tool !== 'look' && tool !== 'eraser'
  const some = [...board.items.values()].some((item) => item.surface === surface)
  return (
    <fieldset class="board-tools">
      <legend class="unseen">{m.board_tools()}</legend>
      {tools.map((one) => {
        const Icon = ICONS[one]
        return (
          <IconButton
            key={one}
            label={toolName(one)}
            shortcut={help === 'keys' ? TOOL_KEYS[one] : undefined}
            aria-pressed={tool === one}
            onClick={() => takeTool(drawing, one)}
          >
            {Icon ? (
              <Icon aria-hidden="true" />
            ) : (
              <span class="board-step-icon" aria-hidden="true">
                {FIRST}
              </span>
            )}
            {help === 'words' && toolName(one)}
          </IconButton>
        )
      })}
      {(help === 'keys' || lined) && <LineChoice drawing={drawing} disabled={!lined} />}
      <IconButton label={m.board_undo()} disabled={!board.canUndo} onClick={board.undo}>
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton label={m.board_redo()} disabled={!board.canRedo} onClick={board.redo}>
        <Redo2 aria-hidden="true" />
      </IconButton>
      <IconButton
        label={m.board_clear()}
        disabled={!some}
        shortcut={help === 'keys' ? 'Shift+C' : undefined}
        onClick={() => board.clear(surface)}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
    </fieldset>
  )
}

/** On the button of the numbered steps. */
const FIRST = 1

const ICONS: Readonly<Record<DrawingTool, LucideIcon | undefined>> = {
  pen: Pencil,
  highlighter: Highlighter,
  arrow: MoveUpRight,
  rectangle: Square,
  ellipse: Circle,
  text: Type,
  step: undefined,
  laser: Sun,
  eraser: Eraser,
}

/** The same again puts it back. */
export function takeTool({ tool }: Drawing, next: DrawingTool) {
  tool.value = tool.peek() === next ? 'look' : next
}

export function toolName(tool: DrawingTool): string {
  switch (tool) {
    case 'pen':
      return m.board_pen()
    case 'highlighter':
      return m.board_highlighter()
    case 'arrow':
      return m.board_arrow()
    case 'rectangle':
      return m.board_box()
    case 'ellipse':
      return m.board_ellipse()
    case 'text':
      return m.board_text()
    case 'step':
      return m.board_step()
    case 'laser':
      return m.board_laser()
    case 'eraser':
      return m.board_eraser()
  }
}
