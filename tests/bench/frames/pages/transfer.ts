import { createExchange } from '../../../../peer/files/exchange.ts'
import { filesPart } from '../../../../peer/files/files-part.ts'
import { limitsOf } from '../../../../peer/files/limits.ts'
import { sourceOf } from '../../../../peer/files/source.ts'
import { NO_FILE_RULES } from '../../../../protocol/file-rules.ts'

declare global {
  interface Window {
    /** Begins to send a file of so many bytes to the other page. */
    offerFile(bytes: number): void
    /** How much of it is there; undefined where none is on its way. */
    fileBytes(): number | undefined
  }
}

const { signal } = new AbortController()
const MIB = 1024 * 1024

/** Files of the session, as the page of the customer has them. */
export function givingPart() {
  const exchange = createExchange(
    'customer',
    limitsOf(() => NO_FILE_RULES),
    signal,
  )
  window.offerFile = (bytes) => {
    const part = new Uint8Array(MIB)
    for (let at = 0; at < MIB; at += 65_536) crypto.getRandomValues(part.subarray(at, at + 65_536))
    exchange.send([
      sourceOf(
        new File(
          Array.from({ length: bytes / MIB }, () => part),
          'large.bin',
        ),
      ),
    ])
  }
  window.fileBytes = () => {
    const state = exchange.list.at(-1)?.state
    return state?.kind === 'running' ? state.done : undefined
  }
  return filesPart(exchange)
}

/** The technician's, who takes whatever comes. */
export function takingPart() {
  const exchange = createExchange(
    'technician',
    limitsOf(() => NO_FILE_RULES),
    signal,
  )
  exchange.onChange(() => {
    for (const { id, state } of exchange.list) if (state.kind === 'offered') void exchange.accept(id)
  }, signal)
  return filesPart(exchange)
}
