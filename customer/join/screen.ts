import { type ReadonlySignal, signal } from '@preact/signals'
import type { CapturedScreen, Grant } from '../../peer/further-screens.ts'
import { canShare, createScreenShare, type ScreenShare } from '../../peer/share.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { ScreenMode } from '../../protocol/link.ts'
import { beforeSharing, nextSharing, type Sharing, type SharingEvent } from './sharing.ts'

/** The customer's screen on this page, from one seat to the next. */
export type Screen = {
  sharing: ReadonlySignal<Sharing>
  /** Whether it is heard too. */
  sound: ReadonlySignal<boolean>
  /** What is shown beside it. */
  further: ReadonlySignal<readonly CapturedScreen[]>
  /** A fresh share for a seat; the signal ends it. */
  begin(signal: AbortSignal): ScreenShare
  notNow(): void
  /** Straight from the click: opens the browser's picker. */
  start(): void
  /** All that is shown. */
  stop(): void
  /** @see ScreenShare.stopFirst */
  stopFirst(): void
  /** Straight from the click: opens the browser's picker for one more. */
  add(grant: Grant): void
  remove(id: ConsentId): void
  /** The picture goes on. */
  stopSound(): void
  /** The captured picture while something is shared. */
  track(): MediaStreamTrack | undefined
  /** Somebody else attends now: nothing is shown until the customer says so. */
  hold(): void
  /** Straight from the click: shows what was held to whoever attends now. */
  goOn(grant: Grant): void
}

/** @param changed is told of each step, for the chat. */
export function startScreen(changed: (before: Sharing, after: Sharing) => void): Screen {
  const sharing = signal(beforeSharing(canShare()))
  const sound = signal(false)
  const further = signal<readonly CapturedScreen[]>([])
  let share: ScreenShare | undefined
  let mode: ScreenMode = 'automatic'

  function step(event: SharingEvent) {
    const before = sharing.value
    sharing.value = nextSharing(before, event)
    if (sharing.value.kind === 'shared') mode = sharing.value.mode
    changed(before, sharing.value)
  }

  return {
    sharing,
    sound,
    further,
    begin(until) {
      const own = createScreenShare({ signal: until })
      share = own
      sharing.value = beforeSharing(canShare())
      own.onChange(() => step({ type: 'screen', state: own.state }), until)
      own.sound.onChange(() => {
        sound.value = own.sound.track !== undefined
      }, until)
      own.further.onChange(() => {
        further.value = own.further.list
      }, until)
      return own
    },
    notNow: () => share?.decline(),
    start() {
      step({ type: 'choosing' })
      void share?.start(mode)
    },
    stop: () => share?.stop(),
    stopFirst: () => share?.stopFirst(),
    add: (grant) => void share?.further.add(grant),
    remove: (id) => share?.further.remove(id),
    stopSound: () => share?.sound.put(undefined),
    track: () => share?.track,
    hold: () => share?.hold(),
    goOn(grant) {
      share?.goOn()
      share?.further.goOn(grant)
    },
  }
}
