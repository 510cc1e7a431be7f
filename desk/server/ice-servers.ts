import { type IceServers, keepIce } from '../../peer/ice-servers.ts'
import type { ServerClient } from './server.ts'

/** The ICE servers of this desk's sessions and of its mesh. */
export function iceServers(server: Pick<ServerClient, 'ice'>, until: AbortSignal): IceServers {
  return keepIce(() => server.ice(until), until)
}
