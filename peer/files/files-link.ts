import type { TechnicianToCustomer } from '../../protocol/link.ts'

/** What is said of files, in both directions. */
export type FileMessage = Extract<TechnicianToCustomer, { type: `file-${string}` }>

/** As much of a link as files need. */
export type FilesLink = {
  send(message: FileMessage): void
  connection: Pick<RTCPeerConnection, 'getConfiguration' | 'getSenders' | 'getStats'>
  signal: AbortSignal
}

/** The reader of each message. */
export type FileReaders = { [T in FileMessage['type']]: (message: Extract<FileMessage, { type: T }>) => void }
