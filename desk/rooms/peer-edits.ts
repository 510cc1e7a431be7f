import * as Y from 'yjs'
import type { Reach } from '../../peer/apply-update.ts'

/**
 * What came from other browsers directly. Whoever wrote it appends it to the mailbox as well; only where that does not happen, as
 * when that browser was closed at once, one who received it does.
 */
export type PeerEdits = {
  readonly waiting: boolean
  hear(update: Uint8Array): void
  /** The mailbox brought an update that reaches so far. */
  brought(reach: Reach): void
  /** Those that the mailbox did not bring; nothing waits any more. */
  takeMissing(): Uint8Array[]
}

export function peerEdits(): PeerEdits {
  let heard: Uint8Array[] = []
  const inMailbox = new Map<number, number>()

  const isBrought = (update: Uint8Array) => {
    const { to } = Y.parseUpdateMeta(update)
    // Of deletions alone the numbers say nothing: once more is no harm.
    return to.size > 0 && [...to].every(([client, clock]) => clock <= (inMailbox.get(client) ?? 0))
  }

  return {
    get waiting() {
      return heard.length > 0
    },
    hear: (update) => void heard.push(update),
    brought(reach) {
      for (const [client, clock] of reach) {
        inMailbox.set(client, Math.max(clock, inMailbox.get(client) ?? 0))
      }
    },
    takeMissing() {
      const missing = heard.filter((update) => !isBrought(update))
      heard = []
      return missing
    },
  }
}
