import { sleep } from '../../peer/sleep.ts'
import type { CaseDocument } from './case-document.ts'

/** A server that does not answer holds nobody up for longer, in ms. */
const PATIENCE_MS = 3000

/** Resolves when what others wrote into the case is here, as far as it can be had now. Never rejects. */
export async function caseKnown(
  { loaded, read }: Pick<CaseDocument, 'loaded' | 'read'>,
  signal: AbortSignal,
): Promise<void> {
  await loaded
  const enough = new AbortController()
  const until = AbortSignal.any([signal, enough.signal])
  await Promise.race([read(until).catch(() => {}), sleep(PATIENCE_MS, signal)])
  enough.abort()
}
