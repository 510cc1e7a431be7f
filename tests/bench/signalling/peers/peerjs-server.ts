import { PeerServer } from 'peer'

// Its clients would send a heartbeat; the load does not, so nobody may be dropped for want of one.
PeerServer({ host: '127.0.0.1', port: Number(process.env.PORT), alive_timeout: 3_600_000 })
