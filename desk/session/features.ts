import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Transfer } from '../../peer/files/transfer.ts'
import type { TechnicianPart } from '../../peer/live-link.ts'
import { caseKnown } from '../case/case-known.ts'
import type { Looking } from '../media/looking.ts'
import type { AttendanceParts } from './attendance-parts.ts'
import type { AttendanceState } from './attendance-state.ts'
import { type TicketCheckups, ticketCheckups } from './checkups.ts'
import { type Compare, startCompare } from './compare.ts'
import { type TicketConsents, ticketConsents } from './consents.ts'
import { keepCall } from './kept-call.ts'
import { type TicketScreens, ticketScreens } from './screens.ts'
import { type TicketSound, ticketSound } from './sound.ts'
import { type TicketCall, ticketCall } from './ticket-call.ts'
import { type FilesEnd, type TicketFiles, ticketFiles } from './ticket-files.ts'
import { type TicketFolder, ticketFolder } from './ticket-folder.ts'
import { type TicketPictures, ticketPictures } from './ticket-pictures.ts'

/** What goes on over the links of one ticket beside chat and screen. */
export type Features = {
  readonly consents: TicketConsents
  readonly compare: Compare
  readonly files: TicketFiles
  readonly folder: TicketFolder
  readonly checkups: TicketCheckups
  readonly sound: TicketSound
  readonly call: Omit<TicketCall, 'part' | 'over'>
  readonly screens: TicketScreens
  readonly pictures: Pick<TicketPictures, 'send'>
  readonly looking: Looking
}

type Running = {
  /** What the interface uses of them. */
  kept: Features
  /** For each new link. */
  parts: readonly TechnicianPart[]
  /** The session is over, and not only its link. */
  over(why: FilesEnd): void
}

/** What the features hear of whoever attends, and tell. */
type Told = {
  state: ReadonlySignal<AttendanceState>
  /** The technician did something for the customer. */
  answer(): void
  /** Counts what came and is to be read. */
  unread: Signal<number>
}

export function startFeatures(
  { ticket, document, board, media, fileRules, inOtherCall, callBefore, signal: until }: AttendanceParts,
  { state, answer, unread }: Told,
): Running {
  const consents = ticketConsents(() => ({ ...document().consents, loaded: caseKnown(document(), until) }))
  const compare = startCompare()
  const keep = (transfer: Transfer) => void document().transfers.put(transfer)
  const files = ticketFiles({ rules: fileRules, keep, signal: until })
  const folder = ticketFolder(files)
  const checkups = ticketCheckups()
  const sound = ticketSound()
  const call = ticketCall({
    consents,
    busy: inOtherCall,
    answer,
    note: (what, lastedMs) => document().note(what, lastedMs),
    keep: keepCall(ticket, until),
    signal: until,
  })
  void callBefore.then(async (kept) => {
    if (kept?.ticket !== ticket || until.aborted) return
    await document().loaded
    document().note(kept.what, kept.seen - kept.since, kept.seen)
  })
  const looking: Looking = { picture: signal(undefined), annotations: signal(undefined) }
  const screens = ticketScreens({ state, stage: looking.picture })
  /** Once there was a link. */
  let drawnOn: ReturnType<typeof board> | undefined
  const pictures = ticketPictures({
    ticket,
    document,
    media,
    onCame() {
      unread.value += 1
    },
  })
  return {
    kept: {
      consents,
      compare,
      files,
      folder,
      checkups,
      sound,
      call,
      screens,
      pictures: {
        send(item) {
          answer()
          pictures.send(item)
        },
      },
      looking,
    },
    parts: [
      consents.part,
      compare.part,
      (link) => {
        drawnOn = board()
        drawnOn.part(link)
      },
      pictures.part,
      checkups.part,
      sound.part,
      call.part,
      screens.part,
      files.part,
      folder.part,
    ],
    over(why) {
      call.over()
      consents.over()
      compare.over()
      checkups.over()
      pictures.over()
      drawnOn?.over()
      files.over(why)
      folder.over()
    },
  }
}
