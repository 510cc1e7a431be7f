import { connect, createServer } from 'node:net'

/**
 * A program: carries what comes to a port of the loopback to the same port of another machine, until it is killed. Browsers trust a
 * page of localhost, and the server is elsewhere. Arguments: host, port.
 */
const [host = '', port = ''] = process.argv.slice(2)

createServer((near) => {
  const far = connect(Number(port), host)
  near.pipe(far).pipe(near)
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'))
