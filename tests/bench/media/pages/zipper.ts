import { downloadZip } from 'client-zip'
import JSZip from 'jszip'
import * as v from 'valibot'
import { type NamedMedia, zipFiles } from '../../../../components/media/zip-files.ts'
import type { MediaItem } from '../../../../desk/media/media-item.ts'
import { TechnicianId, TicketId } from '../../../../protocol/ids.ts'
import { MediaId } from '../../../../protocol/media.ts'

declare global {
  interface Window {
    /** Puts so many snapshots of a screen where the desk keeps them. @returns their bytes */
    keepSnapshots(count: number): Promise<number>
    /** As "Download all" does. @returns ms until the ZIP is there whole */
    zipOurs(count: number): Promise<number>
    /** The same with jszip and nothing else. */
    zipPlain(count: number): Promise<number>
  }
}

const DRAWN = 10

window.keepSnapshots = async (count) => {
  const folder = await navigator.storage.getDirectory()
  const pictures: Blob[] = []
  for (let at = 0; at < DRAWN; at += 1) pictures.push(await drawScreen(at))
  let bytes = 0
  for (let at = 0; at < count; at += 1) {
    const picture = pictures[at % DRAWN]
    if (!picture) continue
    const writer = await (await folder.getFileHandle(nameOf(at), { create: true })).createWritable()
    await writer.write(picture)
    await writer.close()
    bytes += picture.size
  }
  return bytes
}

window.zipOurs = async (count) => {
  const start = performance.now()
  const items = new Map(Array.from({ length: count }, (_, at) => [itemOf(at).id, at]))
  const files: NamedMedia[] = [...items.values()].map((at) => ({ name: nameOf(at), item: itemOf(at) }))
  const zip = await downloadZip(
    zipFiles(
      files,
      async (id) => await readFile(items.get(id) ?? 0),
      () => undefined,
    ),
  ).blob()
  return finished(zip, start)
}

window.zipPlain = async (count) => {
  const start = performance.now()
  const zip = new JSZip()
  for (let at = 0; at < count; at += 1) zip.file(nameOf(at), await readFile(at))
  return finished(await zip.generateAsync({ type: 'blob' }), start)
}

const nameOf = (at: number) => `Rosa Lima ${String(at + 1).padStart(3, '0')}.png`

async function readFile(at: number): Promise<File> {
  const folder = await navigator.storage.getDirectory()
  return await (await folder.getFileHandle(nameOf(at))).getFile()
}

function finished(zip: Blob, start: number): number {
  const took = performance.now() - start
  if (zip.size < 1_000_000) throw new Error('the ZIP is not whole')
  // What is saved holds on to it for a moment.
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
  const address = URL.createObjectURL(zip)
  return took
}

function itemOf(at: number): MediaItem {
  const id = String(at).padStart(22, '0')
  const of = {
    technician: v.parse(TechnicianId, 'ada'),
    ticket: v.parse(TicketId, id),
    kind: 'snapshot',
    number: at + 1,
  } as const
  return {
    id: v.parse(MediaId, id),
    ...of,
    at: 1,
    type: 'image/png',
    bytes: 1,
    width: 1920,
    height: 1080,
    state: { kind: 'kept' },
  }
}

/** A screen as people have it: windows full of text, and a photograph behind them. */
async function drawScreen(seed: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('nothing can be drawn here')
  let random = seed + 1
  const next = () => {
    random = (random * 48_271) % 2_147_483_647
    return random / 2_147_483_647
  }
  const photograph = context.createImageData(1920, 1080)
  for (let at = 0; at < photograph.data.length; at += 4) {
    const y = Math.floor(at / 4 / 1920)
    photograph.data.set([y / 6 + next() * 12, 90 + y / 9 + next() * 12, 160 + next() * 12, 255], at)
  }
  context.putImageData(photograph, 0, 0)
  for (let window = 0; window < 3; window += 1) {
    const [x, y] = [60 + window * 380 + next() * 60, 60 + window * 90 + next() * 40]
    context.fillStyle = '#fdfdfd'
    context.fillRect(x, y, 980, 740)
    context.fillStyle = '#222'
    context.font = '14px sans-serif'
    for (let line = 0; line < 36; line += 1) {
      const words = Array.from({ length: 14 }, () => Math.floor(next() * 1e9).toString(36)).join(' ')
      context.fillText(words, x + 20, y + 30 + line * 20, 940)
    }
  }
  return await canvas.convertToBlob({ type: 'image/png' })
}
