/** What a page asks of the worker that writes its files. `file`: a number that the page gives it. */
export type DiskCall =
  | { kind: 'open'; file: number; handle: FileSystemFileHandle }
  /** Behind what was written before. The bytes go to the worker with their buffer, and come back. */
  | { kind: 'write'; file: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'close'; file: number }

export type DiskAnswer = {
  id: number
  bytes?: Uint8Array<ArrayBuffer> | undefined
  failed?: { name: string; message: string }
}
