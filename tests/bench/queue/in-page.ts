/** Since the page began to load, in ms: the first row painted, and the last ticket there. */
export type Opened = { row: number; all: number }

declare global {
  interface Window {
    queueOpened?: Opened
    keys?: Key[]
  }
}

/** A key that was pressed, and the last paint of rows that it caused, if any; in ms. */
type Key = { at: number; painted: number | undefined }

/** Runs in the page before anything else there. */
export function watchFirstRow(tickets: number): void {
  let row: number | undefined
  const look = () => {
    const grid = document.querySelector('[role=grid]')
    // Seen in the frame after the one that painted it: never too early.
    if (row === undefined && grid?.querySelector('[data-ticket]')) row = performance.now()
    if (row !== undefined && Number(grid?.getAttribute('aria-rowcount')) >= tickets) {
      window.queueOpened = { row, all: performance.now() }
      return
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Runs in the page. */
export function watchKeys(): void {
  const keys: Key[] = []
  window.keys = keys
  const press = ({ timeStamp }: KeyboardEvent) => keys.push({ at: timeStamp, painted: undefined })
  addEventListener('keydown', press, { capture: true })
  new MutationObserver(() => {
    const key = keys.at(-1)
    if (!key) return
    requestAnimationFrame(() => {
      // A message comes after the frame is painted.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        key.painted = performance.now()
      }
      port2.postMessage(undefined)
    })
  }).observe(document.querySelector('main') ?? document.body, { subtree: true, childList: true, characterData: true })
}
