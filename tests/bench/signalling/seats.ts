/** One client's part in the load, as plain data, so that the load process needs to know no server's protocol. */
export type Seat = Client & {
  /** Two seats have the same room; one of them sends, the other one receives. */
  room: number
  sends: boolean
}

export type Client = {
  url: string
  /** Sent as soon as the socket is open. */
  opening: string[]
  /** The client is welcome once a message with this has come; without it, once the socket is open. */
  welcome?: string
  /** Nobody relays before a message with this has come. */
  ready?: string
  /** What it relays, about 300 bytes as it travels. */
  message: string
  /** Answer to a message that contains `"ping"`. */
  pong?: string
}

/** What every message carries: a sealed signal as browsers send it, cut so that the whole message has `MESSAGE_BYTES`. */
export const MESSAGE_BYTES = 300

/** @param wrap puts the text where the server's protocol wants it. */
export function messageOf(wrap: (text: string) => object): string {
  const sealed = (box: string) =>
    JSON.stringify(wrap(JSON.stringify({ type: 'sealed', sid: 'A'.repeat(22), n: 7, box })))
  return sealed('x'.repeat(MESSAGE_BYTES - sealed('').length))
}

/** The clients of one room; `b` is who comes for help. */
export type Pair = { a: Client; b: Client }

/** All `b` before all `a`. The direction of the messages alternates from room to room, so that both kinds send and receive. */
export function seats(pairs: Pair[]): Seat[] {
  const side = (name: keyof Pair) =>
    pairs.map((pair, room) => ({ ...pair[name], room, sends: (name === 'a') === (room % 2 === 0) }))
  return [...side('b'), ...side('a')]
}
