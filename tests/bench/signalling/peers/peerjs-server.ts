import { PeerServer } from 'peer'

PeerServer({ host: '127.0.0.1', port: Number(process.env.PORT) })
