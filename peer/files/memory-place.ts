import type { Place } from './opfs-sink.ts'
import type { KeptFile } from './pack.ts'

/** So many bytes of one transfer wait in memory at most. */
export const MAX_IN_MEMORY = 200 * 1024 * 1024

/** The place of a transfer in a browser that has no disk of its own for a page, as in some private windows. */
export function memoryPlace(): Place {
  const kept: KeptFile[] = []
  const folders: (readonly string[])[] = []
  return {
    kept,
    folders,
    sink: {
      async folder(path) {
        folders.push(path)
      },
      async open({ path, modified }) {
        let parts: Uint8Array<ArrayBuffer>[] = []
        return {
          async write(bytes) {
            parts.push(bytes)
            return undefined
          },
          async keep() {
            kept.push({ path, modified, file: new Blob(parts) })
            parts = []
          },
          async drop() {
            parts = []
          },
        }
      },
    },
    spool: async (name, content) => new File([await new Response(content).blob()], name),
  }
}
