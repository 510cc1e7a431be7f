import type { Live } from '../tickets/live.ts'

/**
 * Looks up who somebody is, and again where rights were taken or changed while the database answered: those who are here follow such a
 * change by themselves, and who comes in at the same moment must not come in as before. The caller lets in without waiting for anything else.
 */
export async function lookUpRights<Somebody>(
  live: Pick<Live, 'rightsChanged'>,
  look: () => Promise<Somebody>,
): Promise<Somebody> {
  for (;;) {
    const before = live.rightsChanged
    const found = await look()
    if (live.rightsChanged === before) return found
  }
}
