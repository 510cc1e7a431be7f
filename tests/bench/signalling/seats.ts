/** One client's part in the load, as plain data, so that the load process needs to know no server's protocol. */
export type Seat = {
  url: string
  /** Sent as soon as the socket is open. */
  opening: string[]
  /** The client is welcome once a message with each of these has come. */
  awaits: string[]
  /** What it relays, about 300 bytes as it travels. */
  message: string
  /** Answer to a message that contains `"ping"`. */
  pong?: string
}

/** Two clients that relay to each other. */
export type Room = { from: Seat; to: Seat }

/** What every message carries: a sealed signal as browsers send it, cut so that the whole message has `MESSAGE_BYTES`. */
export const MESSAGE_BYTES = 300

/** @param wrap puts the text where the server's protocol wants it. */
export function messageOf(wrap: (text: string) => object): string {
  const sealed = (box: string) =>
    JSON.stringify(wrap(JSON.stringify({ type: 'sealed', sid: 'A'.repeat(22), n: 7, box })))
  return sealed('x'.repeat(MESSAGE_BYTES - sealed('').length))
}

/** The direction alternates from room to room, so that both kinds of client send and receive. */
export function pair(room: number, a: Seat, b: Seat): Room {
  return room % 2 === 0 ? { from: a, to: b } : { from: b, to: a }
}

export function pairs(count: number, seat: (room: number, side: 'a' | 'b') => Seat): Room[] {
  return Array.from({ length: count }, (_, room) => pair(room, seat(room, 'a'), seat(room, 'b')))
}
