import type { IceReply } from '../protocol/http.ts'
import type { ServerClient } from './server.ts'

export type IceServers = () => Promise<IceReply['iceServers']>

/** Asks for ICE servers when those at hand are about to expire. Without an answer: none, which is enough on one network. */
export function iceServers(server: Pick<ServerClient, 'ice'>, until: AbortSignal): IceServers {
  const MARGIN_MS = 60_000
  let latest: IceReply | undefined
  return async () => {
    if (latest && latest.expiresAt - MARGIN_MS > Date.now()) return latest.iceServers
    latest = await server.ice(until).catch(() => undefined)
    return latest?.iceServers ?? []
  }
}
