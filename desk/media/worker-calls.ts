import type { Finished } from './media-bytes.ts'

/** What the desk's page asks of the media worker. */
export type Call =
  | { kind: 'write'; name: string; bytes: Blob }
  | { kind: 'append'; name: string; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'read'; name: string }
  | { kind: 'move'; name: string; to: string }
  | { kind: 'remove'; name: string }
  | { kind: 'finish'; from: string; to: string }

export type Answer = { id: number; value?: Blob | Finished | undefined; failed?: { name: string; message: string } }
