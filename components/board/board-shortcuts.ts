import { useEffect } from 'preact/hooks'
import type { Board } from '../../peer/board/board.ts'
import { listenForKeys, useKeyDocuments, useShortcuts } from '../desk/shortcuts.ts'
import { type DrawingTool, TOOL_KEYS, takeTool } from './board-tools.tsx'
import type { Drawing } from './drawing.ts'

/** The keys of the tools; Escape looks again. */
export function useToolKeys(drawing: Drawing) {
  const keys = Object.entries(TOOL_KEYS).map(([tool, key]) => [key, () => takeTool(drawing, tool as DrawingTool)])
  useShortcuts(Object.fromEntries(keys))
}

/** Escape looks again; Ctrl+Z and Ctrl+Shift+Z (⌘ on a Mac) take back and bring again, but not while somebody writes. */
export function useDrawingKeys(drawing: Drawing, board: Board) {
  const drawn = drawing.tool.value !== 'look'
  const inWindows = useKeyDocuments()
  useShortcuts(
    drawn
      ? {
          Escape: () => {
            drawing.tool.value = 'look'
          },
        }
      : {},
  )
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const { target } = event
      if (
        target instanceof Element &&
        target.closest('input[type="text"], input:not([type]), textarea, [contenteditable]')
      )
        return
      event.preventDefault()
      if (event.shiftKey) board.redo()
      else board.undo()
    }
    return listenForKeys(inWindows, pressed)
  }, [board, inWindows])
}
