import { Retention, RetentionPreview } from '../../protocol/retention.ts'
import type { ServerClient } from './server.ts'

/** How long the help desk keeps what is over: for admins. They refuse as all of `ServerClient` do. */
export function serverRetention(server: Pick<ServerClient, 'call'>) {
  return {
    read: (signal?: AbortSignal) => server.call('/api/retention', { reply: Retention, signal }),
    set: (body: Retention, signal?: AbortSignal) =>
      server.call('/api/retention', { method: 'POST', body, reply: Retention, signal }),
    preview: (body: Retention, signal?: AbortSignal) =>
      server.call('/api/retention/preview', { method: 'POST', body, reply: RetentionPreview, signal }),
  }
}
export type ServerRetention = ReturnType<typeof serverRetention>
