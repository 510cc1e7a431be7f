import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import type { Hello } from '../../protocol/socket.ts'
import { lookUpRights } from '../people/letting-in.ts'
import { cameOnline } from '../people/online.ts'
import type { Services } from '../services.ts'
import { admit } from '../socket/hub.ts'
import type { Connection, CustomerPeer, TechnicianPeer } from '../socket/peer.ts'
import { tellCustomer, tellTechnician } from '../socket/send.ts'
import { findJoin } from '../store/joins.ts'
import { noteSeen } from '../store/members.ts'
import { findForArrival } from '../tickets/giving.ts'
import { takeSeat, tellAttendance } from '../tickets/seating.ts'
import { isOpen } from '../tickets/ticket.ts'
import type { Outcome } from './handler.ts'

/** A token has at most 512 characters. */
export const HELLO_MAX_BYTES = 1024

type Needs = Pick<Services, 'auth' | 'store' | 'live' | 'hub'>

/** Lets in: a signed-in technician, or the customer of a join token whose seat nobody else has. */
export async function hello(needs: Needs, from: Connection, message: Hello): Promise<Outcome> {
  if (message.version !== PROTOCOL_VERSION) return { code: 'version', about: 'hello' }
  return message.role === 'technician'
    ? await technicianHello(needs, from, message)
    : await customerHello(needs, from, message)
}

async function technicianHello(needs: Needs, connection: Connection, { token, pager }: Hello): Promise<Outcome> {
  const { auth, store, live, hub } = needs
  const signedIn = await lookUpRights(live, () => auth.recognise(token))
  if (!signedIn) return { code: 'unauthenticated', about: 'hello' }
  if (connection.peer.kind !== 'stranger') return undefined
  const peer: TechnicianPeer = {
    kind: 'technician',
    connection,
    token,
    attends: new Set(),
    rooms: new Set(),
    pager: pager === true,
    ...signedIn,
  }
  admit(hub, peer)
  const now = Date.now()
  const isFirst = cameOnline(live, peer)
  tellTechnician(peer, { type: 'welcome', now })
  if (isFirst) await noteSeen(store, [peer.technician.id], now)
  return undefined
}

async function customerHello({ store, live, hub }: Needs, connection: Connection, { token }: Hello): Promise<Outcome> {
  const now = Date.now()
  const join = await findJoin(store, token, now)
  if (!join) return { code: 'unauthenticated', about: 'hello' }
  const stored = await findForArrival({ store, live }, join.ticket, now)
  if (!stored || !isOpen(stored, now)) return { code: 'dead-code', about: 'hello' }
  if (connection.peer.kind !== 'stranger') return undefined
  const { ticket, expiresAt } = join
  const peer: CustomerPeer = { kind: 'customer', connection, ticket, join: join.id, expiresAt }
  const refusal = takeSeat(live, stored, peer, now)
  if (refusal) return refusal
  admit(hub, peer)
  tellCustomer(peer, { type: 'welcome', now })
  const seated = live.tickets.get(ticket)
  if (seated) tellAttendance(seated)
  return undefined
}
