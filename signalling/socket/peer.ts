import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { SignInId, TicketId, Time } from '../../protocol/ids.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import type { SignedIn } from '../auth.ts'
import type { TokenHash } from '../tokens.ts'
import type { Bucket } from './bucket.ts'

/** One socket and what it may still do. `peer` says who it turned out to be. */
export type Connection = {
  readonly socket: WebSocket
  /** What the socket writes to. */
  readonly stream: Duplex
  readonly addressKey: string
  peer: Stranger | MeshStranger | TechnicianPeer | CustomerPeer | MeshPeer | Gone
  /** When something came last, and when the next ping is due. */
  heardAt: Time
  pingAt: Time
  readonly messages: Bucket
  readonly strikes: Bucket
  /** Set while a message is worked on that needs the database; later ones wait, so that order stays. */
  working: Promise<void> | undefined
  waiting: number
  waitingBytes: number
}

/** Has not said a valid `hello` yet. */
export type Stranger = { kind: 'stranger'; helloBy: Time }

/** The same on the mesh, where what comes before the `hello` is read after it. */
export type MeshStranger = { kind: 'mesh-stranger'; helloBy: Time; readonly held: Buffer[]; heldBytes: number }

/** A technician's browser on the mesh. */
export type MeshPeer = {
  kind: 'mesh'
  readonly connection: Connection
  technician: SignedIn['technician']
  readonly session: SignInId
  readonly token: string
  expiresAt: Time
  /** What it subscribed to. */
  readonly rooms: Set<RoomName>
}

export type TechnicianPeer = {
  kind: 'technician'
  readonly connection: Connection
  /** Name and rights as they are now: `renewTechnician` replaces them. */
  technician: SignedIn['technician']
  readonly session: SignInId
  /** The bearer token, to see whether the sign-in was prolonged. */
  readonly token: string
  expiresAt: Time
  readonly attends: Set<TicketId>
  /** Rooms whose new entries are pushed to it. */
  readonly rooms: Set<RoomName>
  /** The background of a browser, which only listens: nobody is at the desk for it. */
  readonly pager: boolean
}

export type CustomerPeer = {
  kind: 'customer'
  readonly connection: Connection
  readonly ticket: TicketId
  readonly join: TokenHash
  readonly expiresAt: Time
}

/** Closed, or told to close: nothing that still comes counts. */
export type Gone = { kind: 'gone' }

export const GONE: Gone = { kind: 'gone' }
