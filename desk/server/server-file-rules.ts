import { FileRules } from '../../protocol/file-rules.ts'
import type { ServerClient } from './server.ts'

/** Which files may be exchanged: read by technicians, set by admins. They refuse as all of `ServerClient` do. */
export function serverFileRules(server: Pick<ServerClient, 'call'>) {
  return {
    read: (signal?: AbortSignal) => server.call('/api/file-rules', { reply: FileRules, signal }),
    set: (body: FileRules, signal?: AbortSignal) =>
      server.call('/api/file-rules', { method: 'POST', body, reply: FileRules, signal }),
  }
}
export type ServerFileRules = ReturnType<typeof serverFileRules>
