import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk.ts'

let wanted = true

/** The browser asks before a tab with a live session is closed. */
export function useLeaveWarning(desk: Desk | undefined) {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (wanted && desk?.sessions.anyLive.peek()) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [desk])
}

/** Lets go of everything, without asking and without a goodbye to anyone: whoever was connected waits for the next desk. */
export function reloadUnasked() {
  wanted = false
  location.reload()
}
