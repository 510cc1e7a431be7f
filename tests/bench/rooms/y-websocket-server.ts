import { createDecoder, readVarUint } from 'lib0/decoding'
import { createEncoder, length, toUint8Array, writeVarUint } from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'

/**
 * The plain server of y-websocket: one document in memory, sync messages of y-protocols, every update to everybody. The package's own
 * server brings an old LevelDB with a build step along, and does the same on the way of an update.
 */

const SYNC = 0

const server = new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' })
const document = new Y.Doc()
const clients = new Set<WebSocket>()

document.on('update', (update: Uint8Array) => {
  const message = messageOf((encoder) => writeUpdate(encoder, update))
  for (const client of clients) client.send(message)
})

server.on('connection', (socket) => {
  clients.add(socket)
  socket.on('close', () => clients.delete(socket))
  socket.on('message', (data: Buffer) => {
    const decoder = createDecoder(new Uint8Array(data))
    // Who is there is of no interest here.
    if (readVarUint(decoder) !== SYNC) return
    const encoder = createEncoder()
    writeVarUint(encoder, SYNC)
    readSyncMessage(decoder, encoder, document, socket)
    if (length(encoder) > 1) socket.send(toUint8Array(encoder))
  })
  socket.send(messageOf((encoder) => writeSyncStep1(encoder, document)))
})

function messageOf(write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, SYNC)
  write(encoder)
  return toUint8Array(encoder)
}
