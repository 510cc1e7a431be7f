import { createSocket } from 'node:dgram'

/** A program: says a line for each packet that comes to an address, until it is killed. Arguments: address, port. */
const [address = '', port = ''] = process.argv.slice(2)
const ear = createSocket('udp4')
ear.on('message', () => console.log('heard'))
ear.bind(Number(port), address, () => console.log('ready'))
