import { signal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'

/** Of the windows that a page has opened beside itself, and whose keys are meant for it. */
const beside = signal<readonly Document[]>([])

/** Keys pressed in this window are those of the page, until it is put away. */
export function hearKeysIn({ document: inside }: Window, until: AbortSignal): void {
  if (until.aborted) return
  beside.value = [...beside.peek(), inside]
  until.addEventListener('abort', () => {
    beside.value = beside.peek().filter((one) => one !== inside)
  })
}

/** All keys of the page, wherever they are pressed. Read while a component is drawn, it is drawn anew for another window. */
export function useKeyDocuments(): readonly Document[] {
  return beside.value
}

/** @returns what listens no longer */
export function listenForKeys(inWindows: readonly Document[], pressed: (event: KeyboardEvent) => void): () => void {
  const life = new AbortController()
  for (const one of [document, ...inWindows]) one.addEventListener('keydown', pressed, { signal: life.signal })
  return () => life.abort()
}

/** Whether a key press belongs to what is being written, or to a dialog in front. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  if (document.querySelector('dialog[open]')) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Caps Lock alone is no Shift: what Shift guards must not happen by it. */
function keyOf(event: KeyboardEvent): string {
  if (event.key.length > 1 || !event.getModifierState('CapsLock')) return event.key
  return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()
}

/** Single keys of a view, by `KeyboardEvent.key`; they rest while somebody writes or a dialog is open. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>) {
  const inWindows = useKeyDocuments()
  // Before it is painted: of two keys pressed in a row, the second means what the first has made.
  useLayoutEffect(() =>
    listenForKeys(inWindows, (event) => {
      const run = keys[keyOf(event)]
      if (!run || isTaken(event)) return
      event.preventDefault()
      run()
    }),
  )
}
