/** The entries of a ZIP as its directory has them. Sizes in bytes. */
export function zipEntries(zip: Uint8Array): { name: string; bytes: number }[] {
  const bytes = Buffer.from(zip)
  const entries: { name: string; bytes: number }[] = []
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    const name = bytes.subarray(at + 46, at + 46 + bytes.readUInt16LE(at + 28)).toString('utf8')
    entries.push({ name, bytes: bytes.readUInt32LE(at + 24) })
  }
  return entries
}
