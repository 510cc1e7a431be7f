import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk.ts'

let wanted = true

/** The browser asks before a tab is closed that has a live session, or files that were not saved. */
export function useLeaveWarning(desk: Desk | undefined) {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const { sessions } = desk ?? {}
      if (wanted && (sessions?.anyLive.peek() || sessions?.filesAtStake())) event.preventDefault()
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
