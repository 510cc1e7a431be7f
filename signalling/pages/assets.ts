import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const gzipped = promisify(gzip)

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}
/** Those that are packed already, or too small to gain. */
const PACKED = new Set(['.png', '.webp', '.woff2'])
const WORTH_PACKING = 512

export type Encoding = 'br' | 'gzip' | 'identity'
/** One built file, ready to send. */
export type Asset = { type: string; tag: string; bodies: Map<Encoding, Uint8Array<ArrayBuffer>> }

/** Files of one folder, read once for each version of them and kept in memory. */
export function openAssets(directory: string) {
  const kept = new Map<string, Asset & { mtimeMs: number }>()

  /** @param name a plain file name, or one below `assets/`; undefined when there is no such file. */
  return async function asset(name: string): Promise<Asset | undefined> {
    const path = join(directory, name)
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return undefined
    const known = kept.get(name)
    if (known?.mtimeMs === found.mtimeMs) return known
    const read = { ...(await readAsset(path)), tag: `"${found.mtimeMs.toString(36)}"`, mtimeMs: found.mtimeMs }
    kept.set(name, read)
    return read
  }
}

async function readAsset(path: string): Promise<Pick<Asset, 'type' | 'bodies'>> {
  const extension = extname(path)
  const plain = new Uint8Array(await readFile(path))
  const bodies: Asset['bodies'] = new Map([['identity', plain]])
  if (!PACKED.has(extension) && plain.length > WORTH_PACKING) {
    const br = await readFile(`${path}.br`).catch(() => undefined)
    if (br) bodies.set('br', new Uint8Array(br))
    const gz = await readFile(`${path}.gz`).catch(() => gzipped(plain))
    bodies.set('gzip', new Uint8Array(gz))
  }
  return { type: TYPES[extension] ?? 'application/octet-stream', bodies }
}

/** The smallest body that the browser says it can read. */
export function chooseEncoding(asset: Asset, acceptEncoding: string): Encoding {
  const accepted = new Set(
    acceptEncoding
      .split(',')
      .filter((item) => !/;\s*q=0(\.0+)?\s*$/.test(item))
      .map((item) => item.split(';')[0]?.trim()),
  )
  if (asset.bodies.has('br') && accepted.has('br')) return 'br'
  return asset.bodies.has('gzip') && accepted.has('gzip') ? 'gzip' : 'identity'
}
