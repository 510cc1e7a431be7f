import { once } from 'node:events'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../../protocol/limits.ts'
import { MeshToTechnician } from '../../../protocol/mesh.ts'
import type { RoomName } from '../../../protocol/rooms.ts'
import type { Running } from './server.ts'

type OfType<Type extends MeshToTechnician['type']> = Extract<MeshToTechnician, { type: Type }>

export type MeshClient = {
  socket: WebSocket
  send(message: unknown): void
  /** The next message, which is of this type. */
  next<Type extends MeshToTechnician['type']>(type: Type): Promise<OfType<Type>>
  /** The raw text of the last message. */
  lastText(): string
  /** Waits until all has come that the server sent so far. @returns what was not asked for, but for what answers this. */
  rest(): Promise<MeshToTechnician[]>
  closed: Promise<number>
}

/** A browser on the mesh that has said nothing yet. */
export async function connectMesh(server: Pick<Running, 'url'>, options: ClientOptions = {}): Promise<MeshClient> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/mesh`, options)
  onTestFinished(() => socket.terminate())
  const queue: MeshToTechnician[] = []
  let text = ''
  const arrivals = new EventTarget()
  const arrived = () => arrivals.dispatchEvent(new Event('message'))
  socket.on('message', (data: Buffer) => {
    text = data.toString()
    queue.push(v.parse(MeshToTechnician, JSON.parse(text)))
    arrived()
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  closed.then(arrived)
  await once(socket, 'open')

  async function take(): Promise<MeshToTechnician> {
    for (;;) {
      const message = queue.shift()
      if (message) return message
      if (socket.readyState === WebSocket.CLOSED) throw new Error('the socket closed')
      await once(arrivals, 'message')
    }
  }

  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  return {
    socket,
    send,
    async next(type) {
      const message = await take()
      if (!isOfType(message, type)) throw new Error(`"${message.type}" came instead of "${type}"`)
      return message
    },
    lastText: () => text,
    async rest() {
      const came: MeshToTechnician[] = []
      send({ type: 'ping' })
      for (let message = await take(); message.type !== 'pong'; message = await take()) came.push(message)
      return came
    },
    closed,
  }
}

function isOfType<Type extends MeshToTechnician['type']>(
  message: MeshToTechnician,
  type: Type,
): message is OfType<Type> {
  return message.type === type
}

export const meshHelloOf = (token: string) => ({ type: 'hello', version: PROTOCOL_VERSION, token })

/** A browser that said `hello`, and subscribed to these rooms. */
export async function onMesh(server: Pick<Running, 'url'>, token: string, ...topics: RoomName[]): Promise<MeshClient> {
  const client = await connectMesh(server)
  client.send(meshHelloOf(token))
  await client.next('welcome')
  if (topics.length > 0) client.send({ type: 'subscribe', topics })
  return client
}
