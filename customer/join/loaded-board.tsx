import { createDrawing, type Drawing } from '../../components/board/drawing.ts'
import { BoardCard } from './board-card.tsx'
import { type PageBoard, pageBoard } from './page-board.ts'

/** The whiteboard on this page, how the customer draws on it, and how it looks. */
export type LoadedBoard = { board: PageBoard; drawing: Drawing; Card: typeof BoardCard }

export function loadBoard(until: AbortSignal): LoadedBoard {
  return { board: pageBoard(until), drawing: createDrawing({ role: 'customer', name: '' }), Card: BoardCard }
}
