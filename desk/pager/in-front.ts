/** Whether somebody looks at the desk: the page then says by itself who waits, and a notification would only be in the way. */

const LOCK = 'deskside-desk-in-front'

/** Lets the background know, over the browser's own locks, which a crash releases too. */
export function tellWhileInFront(page: Window, signal: AbortSignal): void {
  let inFront: AbortController | undefined

  function look() {
    const { document, location } = page
    const isSeen = document.visibilityState === 'visible' && document.hasFocus()
    // The page of a session shows its own customer and nobody else.
    const now = isSeen && !location.hash.startsWith('#/session/')
    if (now === (inFront !== undefined)) return
    inFront?.abort()
    inFront = now ? new AbortController() : undefined
    if (inFront) hold(AbortSignal.any([inFront.signal, signal]))
  }

  for (const event of ['focus', 'blur', 'hashchange'] as const) page.addEventListener(event, look, { signal })
  page.document.addEventListener('visibilitychange', look, { signal })
  look()
}

function hold(until: AbortSignal): void {
  const held = () =>
    new Promise<void>((release) => {
      if (until.aborted) release()
      until.addEventListener('abort', () => release(), { once: true })
    })
  // Shared: another tab of the desk does the same.
  navigator.locks.request(LOCK, { mode: 'shared', signal: until }, held).catch(() => {})
}

/** Asked by the background. */
export async function isDeskInFront(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === LOCK)
}
