/** A session's connection of which files learn nothing: no servers, and nothing else is sent. */
export const silentConnection = {
  getConfiguration: () => ({ iceServers: [] }),
  getSenders: () => [],
  getStats: async () => new Map(),
}
