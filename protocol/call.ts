import * as v from 'valibot'
import { Bytes16, Count } from './ids.ts'
import { LONGEST_PAUSE_MS } from './limits.ts'
import { Mid } from './link-offer.ts'

/** A call of voice and picture inside a session. Drawn by whoever asks for it. */
export const CallId = v.pipe(Bytes16, v.brand('CallId'))
export type CallId = v.InferOutput<typeof CallId>

/** `off`: muted, or the camera is off for now; `none`: it takes no part in the call. */
export const DeviceState = v.picklist(['on', 'off', 'none'])
export type DeviceState = v.InferOutput<typeof DeviceState>

/** What one side puts into the call. */
export const CallDevices = v.strictObject({ microphone: DeviceState, camera: DeviceState })
export type CallDevices = v.InferOutput<typeof CallDevices>

/** Why a browser gives no camera or microphone: there is none, it or its person refuses, or another program has it. */
export const DeviceFault = v.picklist(['no-device', 'refused-by-browser', 'device-taken'])
export type DeviceFault = v.InferOutput<typeof DeviceFault>

/** Let us talk. `video`: shall the other side be seen too. */
export const CallAsk = v.strictObject({
  type: v.literal('call-ask'),
  id: CallId,
  video: v.boolean(),
  with: CallDevices,
})

export const CallReply = v.variant('kind', [
  v.strictObject({ kind: v.literal('accepted'), with: CallDevices }),
  v.strictObject({ kind: v.literal('declined') }),
  /** In another call. */
  v.strictObject({ kind: v.literal('busy') }),
  v.strictObject({ kind: v.literal('no-device'), why: DeviceFault }),
  /** It did not ring: one of that side's calls was not taken up a moment ago. It may ring again after `ms`. */
  v.strictObject({ kind: v.literal('resting'), ms: v.pipe(Count, v.maxValue(LONGEST_PAUSE_MS)) }),
])
export type CallReply = v.InferOutput<typeof CallReply>
export const CallAnswer = v.strictObject({ type: v.literal('call-answer'), id: CallId, answer: CallReply })

/** What the sender puts into it now; at each change, and once more on each new link. */
export const CallState = v.strictObject({ type: v.literal('call-state'), id: CallId, with: CallDevices })

/** Customer: the lines of this link that carry the call, both ways. */
export const CallLines = v.strictObject({ type: v.literal('call-lines'), id: CallId, voice: Mid, picture: Mid })

/** Whoever asked takes it back, or either one ends it. */
export const CallEnd = v.strictObject({ type: v.literal('call-end'), id: CallId })
