import { useLayoutEffect } from 'preact/hooks'

/** Whether a key press belongs to what is being written, or to a dialog in front. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  if (document.querySelector('dialog[open]')) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Single keys of a view, by `KeyboardEvent.key`; they rest while somebody writes or a dialog is open. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>) {
  // Before it is painted: of two keys pressed in a row, the second means what the first has made.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const run = keys[event.key]
      if (!run || isTaken(event)) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  })
}
