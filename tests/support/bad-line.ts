import { createSocket, type Socket } from 'node:dgram'

/**
 * A program: a line that loses packets and is slow, for UDP, until it is killed. What comes to a port goes on to another one of the same
 * address, and back. Arguments: address, port, the other port, the share of packets lost, ms of delay; both for each way.
 * Says twice a second how many packets of media it was given and how many of them it lost, until then.
 */
const [address = '', port = '', onward = '', loss = '', delay = ''] = process.argv.slice(2)
const media = { given: 0, lost: 0 }
const senders = new Map<string, Socket>()
const entrance = createSocket('udp4')

entrance.on('message', (packet, { address: from, port: fromPort }) => {
  const name = `${from}:${fromPort}`
  const exit = senders.get(name) ?? openExit((answer) => entrance.send(answer, fromPort, from))
  senders.set(name, exit)
  carry(packet, () => exit.send(packet, Number(onward), address))
})
entrance.bind(Number(port), address, () => console.log('ready'))
setInterval(() => console.log(JSON.stringify(media)), 500)

function openExit(back: (answer: Buffer) => void): Socket {
  const exit = createSocket('udp4')
  exit.on('message', (answer) => carry(answer, () => back(answer)))
  return exit
}

function carry(packet: Buffer, send: () => void) {
  const kept = Math.random() >= Number(loss)
  if (isMedia(packet)) {
    media.given += 1
    if (!kept) media.lost += 1
  }
  if (kept) setTimeout(send, Number(delay))
}

/** TURN's ChannelData (RFC 8656, 12.4) with RTP in it, which is not RTCP (RFC 5761, 4). */
function isMedia(packet: Buffer): boolean {
  const [first = 0, version = 0, type = 0] = [packet[0], packet[4], packet[5]]
  const isControl = (type & 0x7f) >= 64 && (type & 0x7f) < 96
  return first >> 6 === 1 && version >> 6 === 2 && !isControl
}
