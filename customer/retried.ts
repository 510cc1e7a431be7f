import { backoff } from '../peer/backoff.ts'

/** Over about ten seconds: as long as a cut of bad Wi-Fi, and not so long that nobody waits any more. */
export const PATIENT = 6

/** A part of the page, asked for again while the network drops it. Rejects as the last try did. */
export async function retried<T>(load: () => Promise<T>, tries: number = PATIENT): Promise<T> {
  for (let failures = 1; failures < tries; failures++) {
    try {
      return await load()
    } catch {
      await new Promise((resume) => setTimeout(resume, backoff(failures)))
    }
  }
  return load()
}
