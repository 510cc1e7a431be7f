import type { Connection, CustomerPeer, MeshPeer, TechnicianPeer } from './peer.ts'

/** Every open socket of this process, counted by address; `strangers` have not said a valid `hello` yet. */
export type Hub = {
  readonly connections: Set<Connection>
  readonly strangers: Set<Connection>
  readonly perAddress: Map<string, number>
}

export function makeHub(): Hub {
  return { connections: new Set(), strangers: new Set(), perAddress: new Map() }
}

export function enter(hub: Hub, connection: Connection): void {
  hub.connections.add(connection)
  hub.strangers.add(connection)
  hub.perAddress.set(connection.addressKey, socketsOf(hub, connection.addressKey) + 1)
}

/** The socket is somebody from here on. */
export function admit(hub: Hub, peer: TechnicianPeer | CustomerPeer | MeshPeer): void {
  peer.connection.peer = peer
  hub.strangers.delete(peer.connection)
}

export function exit(hub: Hub, connection: Connection): void {
  if (!hub.connections.delete(connection)) return
  hub.strangers.delete(connection)
  const left = socketsOf(hub, connection.addressKey) - 1
  if (left > 0) hub.perAddress.set(connection.addressKey, left)
  else hub.perAddress.delete(connection.addressKey)
}

export function socketsOf(hub: Hub, addressKey: string): number {
  return hub.perAddress.get(addressKey) ?? 0
}
