import * as v from 'valibot'
import { Count } from './ids.ts'
import { MAX_LINK_SDP } from './limits.ts'

/** The line of a link that carries something: what a description (SDP) calls it. */
export const Mid = v.pipe(v.string(), v.maxLength(16))

const Description = v.pipe(v.string(), v.maxLength(MAX_LINK_SDP))

/** Customer: the link that is up shall carry one thing more, such as a sound. `round` counts up. */
export const LinkOffer = v.strictObject({ type: v.literal('link-offer'), round: Count, sdp: Description })

/** Technician: of that round. What is not answered is not agreed to. */
export const LinkAnswer = v.strictObject({ type: v.literal('link-answer'), round: Count, sdp: Description })
