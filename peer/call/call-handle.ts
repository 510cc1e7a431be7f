import type { CallDevices } from '../../protocol/call.ts'
import type { Time } from '../../protocol/ids.ts'
import type { CallMessage } from './call-message.ts'
import type { Call } from './call-rules.ts'
import type { DeviceKind, OpenFault, Wish } from './devices.ts'
import type { Lines } from './lines.ts'
import type { Tracks } from './own-devices.ts'

/** A call as it stands. A new object at each change. */
export type CallNow = {
  readonly call: Call
  /** When this side may call again: not at once after a call that was not taken up. */
  readonly again: Time
  /** The browser is asked for a device. */
  readonly opening: boolean
  readonly mine: CallDevices
  readonly own: Readonly<Tracks>
  /** Why a device of this side takes no part. */
  readonly fault: OpenFault | undefined
  /** What comes from there. */
  readonly theirs: { readonly voice?: MediaStreamTrack; readonly picture?: MediaStreamTrack }
}

/** What people do. */
export type CallActions = {
  /** Calls the other side, with what the browser gives of what is wished. */
  ask(wish: Wish): Promise<void>
  accept(wish: Wish): Promise<void>
  decline(): void
  /** Ends the call, or takes the question back. */
  end(): void
  /** Mutes or no longer; turns the camera off or on. Opens a device that took no part so far. */
  turn(kind: DeviceKind, on: boolean): Promise<void>
  /** Takes another device in the place of the one before. */
  choose(kind: DeviceKind, deviceId: string): Promise<void>
  /** What is told of the last call is read. */
  dismiss(): void
}

export type CallHandle = CallActions & {
  readonly now: CallNow
  onChange(changed: () => void, signal: AbortSignal): void
  /** A device takes no part any more. */
  drop(kind: DeviceKind): void
  /** The session is over, or somebody else attends. */
  over(): void
  part(link: CallLine): void
  /** The lines of the link that is up; none where the two did not agree on them. */
  carry(lines: Lines | undefined): void
}

/** What of a link is needed, on either side. */
export type CallLine = {
  send(message: CallMessage): void
  on<T extends CallMessage['type']>(type: T, hear: (message: Extract<CallMessage, { type: T }>) => void): void
  refuse(why: string): void
  readonly signal: AbortSignal
}
