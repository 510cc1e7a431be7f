import type { Time } from '../../protocol/ids.ts'

/** Where one received file goes. What is written is only under its name once it was kept. */
export type FileSink = {
  /** Takes the bytes with all of their buffer. @returns them when they may be used again; undefined where the place keeps them. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** All is there and checked. */
  keep(): Promise<void>
  /** Nothing of it stays. */
  drop(): Promise<void>
}

/** Where one transfer's files go. A rejection of any call means that the place does not take the file; `isFull`: nor any other. */
export type Sink = {
  /** `path` is clean and free; `size` in bytes. */
  open(file: { path: readonly string[]; size: number; modified: Time }): Promise<FileSink>
  /** A folder that has nothing in it. */
  folder?(path: readonly string[]): Promise<void>
  /** No more follows, or not for long: what was kept is on the disk when it resolves. */
  settle?(): Promise<void>
}

/** Whether a place rejected because there is no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /QuotaExceeded/.test(`${error.name} ${error.message}`)
}
