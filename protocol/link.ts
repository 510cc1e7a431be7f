import * as v from 'valibot'
import { BoardState } from './board.ts'
import { CallAnswer, CallAsk, CallEnd, CallLines, CallState } from './call.ts'
import { ConsentAsk, ConsentChanged, ConsentEnd } from './consent.ts'
import { CheckupTold } from './doctor.ts'
import { FileAnswer, FileCancel, FileDone, FileLink, FileOffer, FilePause, FileSignal } from './files.ts'
import { FolderEntries, FolderFailed, FolderFetch, FolderList } from './folder.ts'
import { Bytes16, Time } from './ids.ts'
import { Bye, HandOver, NotAsked } from './last-word.ts'
import { MAX_CHAT_TEXT } from './limits.ts'
import { LinkAnswer, LinkOffer } from './link-offer.ts'
import { PageLanguage } from './page-language.ts'
import { Picture, PictureReceived, PictureRefused } from './picture.ts'
import { FIRST_SCREEN, ScreenLooked, ScreenNumber, ScreensChanged, Surface } from './screens.ts'
import { SoundChanged } from './sound.ts'

/**
 * Control messages on the link, JSON in frames of type `control`. A union for each direction.
 * Nobody between the two browsers can read them (DTLS under a fingerprint that came sealed).
 */

/** First message of each side. `share` says whether this browser can capture a screen at all. */
export const LinkHello = v.strictObject({
  type: v.literal('hello'),
  version: v.number(),
  share: v.boolean(),
})
export type LinkHello = v.InferOutput<typeof LinkHello>

/** One chat message. The id is the sender's, so that it can be sent again after a cut without appearing twice. */
export const Chat = v.strictObject({
  type: v.literal('chat'),
  id: Bytes16,
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_CHAT_TEXT)),
  at: Time,
})
export type Chat = v.InferOutput<typeof Chat>

/** The other side has the message. */
export const ChatReceived = v.strictObject({ type: v.literal('chat-received'), id: Bytes16 })

/** How the picture is weighed: sharp text, or quick movement, or by what the line and the picture allow. */
export const ScreenMode = v.picklist(['automatic', 'quality', 'speed'])
export type ScreenMode = v.InferOutput<typeof ScreenMode>

/** Technician: change the mode while it runs. The customer's answer is the next `screen`. */
export const ScreenSetMode = v.strictObject({ type: v.literal('screen-set-mode'), mode: ScreenMode })

/** Customer: what is shown now, or first where it is several. `number`: not `FIRST_SCREEN` where it took the place of one that was taken away. */
export const ScreenState = v.variant('kind', [
  v.strictObject({
    kind: v.literal('shared'),
    number: v.optional(ScreenNumber, FIRST_SCREEN),
    surface: Surface,
    mode: ScreenMode,
    since: Time,
  }),
  /**
   * `why`: by the page's Stop, by the browser's own bar, picker cancelled, capture failed, or never begun; `handed-over`: it was shown to a
   * colleague, and the customer is asked whether it is shown to this one.
   */
  v.strictObject({
    kind: v.literal('not-shared'),
    why: v.picklist([
      'not-yet',
      'stopped',
      'stopped-in-browser',
      'declined',
      'picker-cancelled',
      'failed',
      'handed-over',
    ]),
  }),
])
export type ScreenState = v.InferOutput<typeof ScreenState>
export const Screen = v.strictObject({ type: v.literal('screen'), state: ScreenState })

/** Files go both ways, and so does what is said of them. */
const filesBothWays = [FileOffer, FileAnswer, FileCancel, FilePause, FileDone, FileLink, FileSignal] as const

/** So do calls. */
const callsBothWays = [CallAsk, CallAnswer, CallState, CallEnd] as const

export const TechnicianToCustomer = v.variant('type', [
  LinkHello,
  Chat,
  ChatReceived,
  Bye,
  HandOver,
  ScreenSetMode,
  ScreenLooked,
  LinkAnswer,
  ConsentAsk,
  ConsentEnd,
  BoardState,
  Picture,
  PictureReceived,
  PictureRefused,
  ...filesBothWays,
  ...callsBothWays,
  FolderList,
  FolderFetch,
  CheckupTold,
])
export type TechnicianToCustomer = v.InferOutput<typeof TechnicianToCustomer>

export const CustomerToTechnician = v.variant('type', [
  LinkHello,
  Chat,
  ChatReceived,
  Bye,
  NotAsked,
  Screen,
  ScreensChanged,
  SoundChanged,
  LinkOffer,
  ConsentChanged,
  PageLanguage,
  Picture,
  PictureReceived,
  PictureRefused,
  ...filesBothWays,
  ...callsBothWays,
  CallLines,
  FolderEntries,
  FolderFailed,
  CheckupTold,
])
export type CustomerToTechnician = v.InferOutput<typeof CustomerToTechnician>
