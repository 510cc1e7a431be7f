import * as Y from 'yjs'

/** Larger than any update that the mailbox takes, in bytes. */
const MAX_UPDATE = 4 * 1024 * 1024

/**
 * Applies an update that came from somebody else, encoded as V1. One that is no update costs only its sender: it is left out.
 * @returns whether it was applied
 */
export function applyFromOutside(document: Y.Doc, update: Uint8Array, origin: unknown): boolean {
  if (update.byteLength > MAX_UPDATE) return false
  try {
    // Read once to the end first: half of an update must not be in the document when the other half is nonsense.
    Y.parseUpdateMeta(update)
    Y.decodeUpdate(update)
    Y.applyUpdate(document, update, origin)
    return true
  } catch {
    return false
  }
}
