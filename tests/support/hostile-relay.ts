import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** Sees each message on its way through and returns what goes on, or undefined to swallow it. */
export type Tamper = (message: string, way: 'to-server' | 'to-client') => string | undefined

/**
 * A real hostile party in front of a real server: carries HTTP as it is, and every socket message through `tamper`.
 * @returns its origin, to be used wherever the server's would be.
 */
export async function startHostileRelay(target: string, tamper: Tamper, signal: AbortSignal): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers })
    onward.on('response', (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (client, opening) => carry(client, new URL(opening.url ?? '/', target), tamper))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  signal.addEventListener('abort', () => {
    for (const client of sockets.clients) client.terminate()
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function carry(client: WebSocket, target: URL, tamper: Tamper): void {
  target.protocol = 'ws:'
  const upstream = new WebSocket(target, { perMessageDeflate: false })
  const early: string[] = []
  client.on('message', (bytes) => {
    const message = tamper(bytes.toString(), 'to-server')
    if (message === undefined) return
    if (upstream.readyState === WebSocket.OPEN) upstream.send(message)
    else early.push(message)
  })
  upstream.on('open', () => {
    for (const message of early) upstream.send(message)
  })
  upstream.on('message', (bytes) => {
    const message = tamper(bytes.toString(), 'to-client')
    if (message !== undefined) client.send(message)
  })
  client.on('close', () => upstream.close())
  upstream.on('close', () => client.close())
  client.on('error', () => upstream.terminate())
  upstream.on('error', () => client.terminate())
}
