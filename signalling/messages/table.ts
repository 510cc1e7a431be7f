import type { CustomerToServer, TechnicianToServer } from '../../protocol/socket.ts'
import type { CustomerPeer, TechnicianPeer } from '../socket/peer.ts'
import { answered } from './answered.ts'
import { attend } from './attend.ts'
import type { Handlers } from './handler.ts'
import { hold } from './hold.ts'
import { leave } from './leave.ts'
import { linkState } from './link-state.ts'
import { logRemote } from './log-remote.ts'
import { mediaAnswer } from './media-answer.ts'
import { mediaAsk } from './media-ask.ts'
import { ping } from './ping.ts'
import { pong } from './pong.ts'
import { relayFromCustomer, relayFromTechnician } from './relay.ts'
import { turnAway } from './turn-away.ts'
import { unattend } from './unattend.ts'
import { unwatch } from './unwatch.ts'
import { watch } from './watch.ts'

/** Every message that a technician's socket may send. */
export const technicianMessages: Handlers<TechnicianToServer, TechnicianPeer> = {
  relay: relayFromTechnician,
  ping,
  pong,
  attend,
  unattend,
  'link-state': linkState,
  answered,
  'turn-away': turnAway,
  'log-remote': logRemote,
  watch,
  unwatch,
  'media-ask': mediaAsk,
  'media-answer': mediaAnswer,
}

/** Every message that a customer's socket may send. */
export const customerMessages: Handlers<CustomerToServer, CustomerPeer> = {
  relay: relayFromCustomer,
  ping,
  pong,
  hold,
  leave,
}
