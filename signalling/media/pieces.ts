import type { MediaId } from '../../protocol/media.ts'

/** Where the sealed pieces of images and recordings rest. */
export type MediaPieces = {
  /** There for good when it resolves; in the place of what is there. @throws RefusedError `quota` where there is no room */
  put(id: MediaId, piece: number, bytes: Uint8Array): Promise<void>
  get(id: MediaId, piece: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Nothing happens where there are none. @param count how many it has at most */
  remove(id: MediaId, count: number): Promise<void>
}
