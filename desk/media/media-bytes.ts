/** A recording that was finished into a file. */
export type Finished = { bytes: number; width: number; height: number; durationMs: number }

/** The ending of what is not whole yet, and goes when the desk is opened next. */
export const PART = '.part'

/** Where the bytes of pictures and films lie on this browser's disk, by name. Each call rejects with what the disk said. */
export type MediaBytes = {
  write(name: string, bytes: Blob): Promise<void>
  /** At the end of what is there. On the disk when it resolves. */
  append(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Lazy: a film is not read into memory. Undefined where there is none. */
  read(name: string): Promise<Blob | undefined>
  /** Under another name, in the place of what has that. */
  move(name: string, to: string): Promise<void>
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>
  /** Makes a film that can be played and wound of a recording's packets. @throws where it has no picture */
  finish(from: string, to: string): Promise<Finished>
}
