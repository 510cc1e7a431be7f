import { clock } from '../../frames/pages/time-code.ts'
import { bareTaker } from './bare.ts'
import { desksideTaker } from './deskside.ts'
import { peerJsTaker } from './peerjs.ts'
import { simplePeerTaker } from './simple-peer.ts'
import { openRelay, way } from './way.ts'

declare global {
  interface Window {
    /** @returns when so many bytes had come, wall clock in ms. */
    take(bytes: number): Promise<number>
  }
}

const taker = {
  bare: bareTaker,
  'simple-peer': simplePeerTaker,
  deskside: desksideTaker,
  peerjs: peerJsTaker,
  'peerjs-by-hand': peerJsTaker,
}[way ?? '']
if (!taker) throw new Error(`no way ${way}`)
const take = await taker(await openRelay())

window.take = async (bytes) => {
  await take(bytes)
  return clock()
}
