/** How far a recording is, in ms, without the time in which it paused. `now` of each call in ms, of one clock that never steps back. */
export type RecordingClock = {
  readonly paused: boolean
  position(now: number): number
  pause(now: number): void
  resume(now: number): void
}

export function recordingClock(begun: number): RecordingClock {
  let from = begun
  let before = 0
  let running = true
  const position = (now: number) => before + (running ? Math.max(0, now - from) : 0)
  return {
    get paused() {
      return !running
    },
    position,
    pause(now) {
      before = position(now)
      running = false
    },
    resume(now) {
      if (running) return
      from = now
      running = true
    },
  }
}
