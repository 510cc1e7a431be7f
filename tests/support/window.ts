import { afterEach, beforeEach, vi } from 'vitest'

/** Node has no window; the wire listens there for the network to come back. Each test of the file has one of its own. */
export function giveWindow(): void {
  beforeEach(() => void vi.stubGlobal('window', new EventTarget()))
  afterEach(() => void vi.unstubAllGlobals())
}
