/** The server cannot start, and the operator can do something about it: the message is one plain sentence. */
export class StartError extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'StartError'
  }
}

/** The `code` that Node puts on system errors (`EADDRINUSE`, `EACCES`, …). */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
