import * as Y from 'yjs'

/** Larger than any update that the mailbox takes, in bytes. */
const MAX_UPDATE = 4 * 1024 * 1024

/** Up to which number an update brings what each author wrote. */
export type Reach = ReadonlyMap<number, number>

/** What is in an update. `to`: how far it reaches. */
export type UpdateContent = { to: Reach } & Pick<ReturnType<typeof Y.decodeUpdate>, 'structs' | 'ds'>

/**
 * What is in an update that is encoded as V1 and no longer than one may be; of anything else undefined. It is read to its end, since
 * half of an update must not be in a document when the other half is nonsense; the first reading keeps nothing, so that a count that lies
 * takes no memory.
 */
export function readContent(update: Uint8Array): UpdateContent | undefined {
  if (update.byteLength > MAX_UPDATE) return undefined
  try {
    const { to } = Y.parseUpdateMeta(update)
    const { structs, ds } = Y.decodeUpdate(update)
    return structs.every(isPossible) && [...ds.clients].every(isPossibleDeletion) ? { to, structs, ds } : undefined
  } catch {
    return undefined
  }
}

/** Nothing is empty, and with larger numbers Yjs can not count. */
const isSpan = (client: number, clock: number, length: number) =>
  Number.isSafeInteger(client) && length > 0 && clock + length < 2 ** 40

function isPossibleDeletion([client, ranges]: [number, { clock: number; len: number }[]]): boolean {
  return ranges.every(({ clock, len }) => isSpan(client, clock, len))
}

/**
 * Yjs writes nothing that is empty, or that stands beside what the same browser wrote only later. But it reads such a thing, keeps it,
 * and from then on nobody can read the document.
 */
function isPossible(struct: Y.Item | Y.GC | Y.Skip): boolean {
  if (!isSpan(struct.id.client, struct.id.clock, struct.length)) return false
  if (!(struct instanceof Y.Item)) return true
  const { id, origin, rightOrigin, parent } = struct
  const beside = [origin, rightOrigin, parent instanceof Y.ID ? parent : null]
  return beside.every(
    (other) =>
      other === null ||
      (isSpan(other.client, other.clock, 1) && (other.client !== id.client || other.clock < id.clock)),
  )
}

/**
 * Applies an update that came from somebody else, encoded as V1. One that is no update costs only its sender: it is left out.
 * @returns what is in it, where it was applied
 */
export function applyFromOutside(document: Y.Doc, update: Uint8Array, origin: unknown): UpdateContent | undefined {
  const content = readContent(update)
  if (!content) return undefined
  try {
    Y.applyUpdate(document, update, origin)
    return content
  } catch {
    return undefined
  }
}
