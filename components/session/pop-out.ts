import { useEffect, useRef, useState } from 'preact/hooks'
import { hearKeysIn } from '../desk/shortcuts.ts'
import { dress, openFrontWindow } from '../ui/own-window.ts'

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
    const own = (await openFrontWindow(size)) ?? window.open('', '', `popup,width=${size.width},height=${size.height}`)
    // A blocker of windows: the picture stays where it is.
    if (!own) return
    dress(own, title)
    own.document.body.className = 'session-out theater'
    opened.current = own
    const life = new AbortController()
    hearKeysIn(own, life.signal)
    own.addEventListener('pagehide', () => {
      life.abort()
      opened.current = undefined
      setOut(undefined)
    })
    setOut(own)
  }

  return { body: out?.document.body, open: () => void open(), close: () => out?.close() }
}
