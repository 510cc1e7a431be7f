import { useEffect, useRef, useState } from 'preact/hooks'

/** Chromium's window that stays on top; lib.dom does not know it. */
type PictureWindows = {
  readonly window: Window | null
  requestWindow(options: { width: number; height: number }): Promise<Window>
}
declare global {
  interface Window {
    documentPictureInPicture?: PictureWindows
  }
}

export type PopOut = {
  /** Where the picture is shown while it is out. */
  body: HTMLElement | undefined
  /** Straight from a click or a key: browsers open no window otherwise. */
  open(): void
  close(): void
}

/** A window of its own for the picture: on top of the others where the browser has such windows. Closing it puts the picture back. */
export function usePopOut(title: string): PopOut {
  const [out, setOut] = useState<Window>()
  const opened = useRef<Window>()

  useEffect(() => () => opened.current?.close(), [])

  async function open() {
    if (opened.current && !opened.current.closed) return opened.current.focus()
    const size = { width: 960, height: 600 }
    const own =
      (await window.documentPictureInPicture?.requestWindow(size).catch(() => undefined)) ??
      window.open('', '', `popup,width=${size.width},height=${size.height}`)
    // A blocker of windows: the picture stays where it is.
    if (!own) return
    dress(own.document, title)
    opened.current = own
    own.addEventListener('pagehide', () => {
      opened.current = undefined
      setOut(undefined)
    })
    setOut(own)
  }

  return { body: out?.document.body, open: () => void open(), close: () => out?.close() }
}

/** The other document looks as this one does. */
function dress(other: Document, title: string) {
  const { documentElement } = document
  other.title = title
  other.documentElement.lang = documentElement.lang
  for (const { name, value } of documentElement.attributes) other.documentElement.setAttribute(name, value)
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style')) {
    other.head.append(other.importNode(sheet, true))
  }
  other.body.className = 'session-out theater'
}
