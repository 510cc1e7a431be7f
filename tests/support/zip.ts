import { inflateRawSync } from 'node:zlib'

/** The entries of a ZIP as its directory has them. Sizes in bytes. */
export function zipEntries(zip: Uint8Array): { name: string; bytes: number; content(): Buffer }[] {
  const bytes = Buffer.from(zip)
  const entries: ReturnType<typeof zipEntries> = []
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    const name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString('utf8')
    const [how, packed, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    const local = bytes.readUInt32LE(at + 42)
    const begins = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const stored = bytes.subarray(begins, begins + packed)
    entries.push({ name, bytes: size, content: () => (how === 0 ? stored : inflateRawSync(stored)) })
  }
  return entries
}
