import { createSocket, type Socket } from 'node:dgram'

/**
 * A program: a line that loses packets and is slow, for UDP, until it is killed. What comes to a port goes on to another one of the same
 * address, and back. Arguments: address, port, the other port, the share of packets lost, ms of delay; both for each way.
 */
const [address = '', port = '', onward = '', loss = '', delay = ''] = process.argv.slice(2)
const senders = new Map<string, Socket>()
const entrance = createSocket('udp4')

entrance.on('message', (packet, { address: from, port: fromPort }) => {
  const name = `${from}:${fromPort}`
  const exit = senders.get(name) ?? openExit((answer) => entrance.send(answer, fromPort, from))
  senders.set(name, exit)
  carry(() => exit.send(packet, Number(onward), address))
})
entrance.bind(Number(port), address, () => console.log('ready'))

function openExit(back: (answer: Buffer) => void): Socket {
  const exit = createSocket('udp4')
  exit.on('message', (answer) => carry(() => back(answer)))
  return exit
}

function carry(send: () => void) {
  if (Math.random() >= Number(loss)) setTimeout(send, Number(delay))
}
