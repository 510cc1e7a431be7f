import { RatingSetting } from '../../protocol/rating.ts'
import type { ServerClient } from './server.ts'

/** Whether customers are asked how it was: for admins. They refuse as all of `ServerClient` do. */
export function serverRating(server: Pick<ServerClient, 'call'>) {
  return {
    read: (signal?: AbortSignal) => server.call('/api/rating-setting', { reply: RatingSetting, signal }),
    set: (body: RatingSetting, signal?: AbortSignal) =>
      server.call('/api/rating-setting', { method: 'POST', body, reply: RatingSetting, signal }),
  }
}
export type ServerRating = ReturnType<typeof serverRating>
