import * as v from 'valibot'
import { Relay } from '../../protocol/socket.ts'

const { ticket, data } = Relay.entries

/**
 * The form of `Relay`, with its own entries, for the hot path. For anything that JSON can say it rules as `Relay` itself does
 * (a test holds the two together), but the engine can keep it compiled: valibot's loop over the keys is thrown out and
 * compiled again all the time, which costs more than the relaying.
 */
export const RelayForm = v.custom<Relay>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 3 &&
    'type' in value &&
    value.type === 'relay' &&
    'ticket' in value &&
    v.is(ticket, value.ticket) &&
    'data' in value &&
    v.is(data, value.data),
)
