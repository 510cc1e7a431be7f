import type { Technician } from './technician.ts'

type Reader = Pick<Technician, 'read'>

/** Seconds on the clock of the recording in the bar. */
export async function recorded(technician: Reader): Promise<number> {
  const [, minutes = '', seconds = ''] = /Recording (?:paused )?(\d+):(\d\d)/.exec(await technician.read()) ?? []
  return Number(minutes) * 60 + Number(seconds)
}

/** Waits until that clock has gone on by so much from now: how far it is already depends on the machine. */
export async function recordedMore(technician: Reader, seconds: number): Promise<void> {
  const until = (await recorded(technician)) + seconds
  while ((await recorded(technician)) < until) await new Promise((later) => setTimeout(later, 100))
}
