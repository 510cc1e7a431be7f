import { type WebSocket, WebSocketServer } from 'ws'

/** The least that relays: rooms by path, whatever one side sends goes to the other, nothing is read. */
const rooms = new Map<string, WebSocket[]>()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) })

server.on('connection', (socket, request) => {
  const name = request.url ?? '/'
  const room = rooms.get(name) ?? []
  rooms.set(name, room)
  room.push(socket)
  socket.on('message', (data, isBinary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: isBinary })
  })
  socket.on('close', () => {
    room.splice(room.indexOf(socket), 1)
    if (room.length === 0) rooms.delete(name)
  })
})
