const READ = 1024 * 1024
export const PIECE = 64 * 1024

/** The bytes of files in pieces of 64 KiB, read from the disk a MiB ahead. */
export async function* pieces(files: readonly File[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const file of files) {
    const read = async (at: number) => new Uint8Array(await file.slice(at, at + READ).arrayBuffer())
    let next = read(0)
    for (let at = 0; at < file.size; at += READ) {
      const bytes = await next
      if (at + READ < file.size) next = read(at + READ)
      for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE)
    }
  }
}

/** Counts what comes until it is as much as was said. */
export function counter() {
  let came = 0
  let wanted: { bytes: number; resolve: () => void } | undefined
  return {
    add(bytes: number) {
      came += bytes
      if (wanted && came >= wanted.bytes) wanted.resolve()
    },
    until(bytes: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      wanted = { bytes, resolve }
      return promise.then(() => {
        came = 0
        wanted = undefined
      })
    },
  }
}
