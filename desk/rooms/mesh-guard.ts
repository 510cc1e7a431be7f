import { createDecoder, hasContent, readVarUint, readVarUint8Array } from 'lib0/decoding'
import type { Room, WebrtcConn } from 'y-webrtc'
import { readContent } from '../../peer/apply-update.ts'

/** y-webrtc's kinds of messages, and those of `sync`. */
const SYNC = 0
const AWARENESS = 1
const QUERY_AWARENESS = 3
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

type Peer = Pick<WebrtcConn, 'destroy'> & {
  peer: {
    listeners(event: 'data'): ((bytes: Uint8Array) => void)[]
    removeAllListeners(event: 'data'): void
    on(event: 'data', listener: (bytes: Uint8Array) => void): void
  }
}

/** Whether a colleague's browser may have meant this: a message of y-webrtc to its end, and what is in it an update. */
export function isMeshMessage(bytes: Uint8Array): boolean {
  try {
    const decoder = createDecoder(bytes)
    const kind = readVarUint(decoder)
    if (kind === QUERY_AWARENESS) return !hasContent(decoder)
    if (kind === AWARENESS) return readVarUint8Array(decoder).length > 0 && !hasContent(decoder)
    if (kind !== SYNC) return false
    const step = readVarUint(decoder)
    const content = readVarUint8Array(decoder)
    if (hasContent(decoder)) return false
    return step === STEP_1 || ((step === STEP_2 || step === UPDATE) && readContent(content) !== undefined)
  } catch {
    return false
  }
}

/** What y-webrtc cannot read it throws where nobody catches it: such a message ends the connection that it came on, and nothing else. */
export function guardPeer(connection: Peer): void {
  const { peer } = connection
  const listeners = peer.listeners('data')
  peer.removeAllListeners('data')
  peer.on('data', (bytes) => {
    try {
      if (!isMeshMessage(bytes)) throw new Error('no message of the mesh')
      for (const listener of listeners) listener(bytes)
    } catch {
      connection.destroy()
    }
  })
}

/** The peers that a room has from now on are guarded before they can say anything. */
export function guardPeers(room: Pick<Room, 'webrtcConns'>): void {
  room.webrtcConns = new GuardedPeers(room.webrtcConns)
}

class GuardedPeers extends Map<string, WebrtcConn> {
  override set(id: string, connection: WebrtcConn): this {
    guardPeer(connection)
    return super.set(id, connection)
  }
}
