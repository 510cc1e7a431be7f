import { clock } from '../../frames/pages/time-code.ts'
import { bareGiver } from './bare.ts'
import { desksideGiver } from './deskside.ts'
import { peerJsByHandGiver, peerJsGiver } from './peerjs.ts'
import { simplePeerGiver } from './simple-peer.ts'
import { openRelay, way } from './way.ts'

declare global {
  interface Window {
    /** Sends so many files of so many bytes; there when the pages are connected. @returns when it began, wall clock in ms. */
    give(count: number, bytes: number): Promise<number>
    /** Sends what was picked on the page. */
    givePicked(): Promise<unknown>
  }
}

const giver = {
  bare: bareGiver,
  'simple-peer': simplePeerGiver,
  deskside: desksideGiver,
  peerjs: peerJsGiver,
  'peerjs-by-hand': peerJsByHandGiver,
}[way ?? '']
if (!giver) throw new Error(`no way ${way}`)
const give = await giver(await openRelay())

window.give = async (count, bytes) => {
  const files = Array.from({ length: count }, (_, index) => new File(contents(bytes), `${index}.bin`))
  const began = clock()
  await give(files)
  return began
}

const input = document.createElement('input')
input.type = 'file'
document.body.append(input)
window.givePicked = () => give([...(input.files ?? [])])

/** Random bytes, in parts that the browser keeps outside of the page. */
function contents(bytes: number): Uint8Array<ArrayBuffer>[] {
  const part = new Uint8Array(Math.min(bytes, 1024 * 1024))
  for (let at = 0; at < part.length; at += 65_536) crypto.getRandomValues(part.subarray(at, at + 65_536))
  return Array.from({ length: Math.ceil(bytes / part.length) }, () => part)
}
