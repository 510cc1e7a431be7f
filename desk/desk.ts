import { computed, type ReadonlySignal } from '@preact/signals'
import type { Me } from '../protocol/account.ts'
import { NO_FILE_RULES } from '../protocol/file-rules.ts'
import type { Token } from '../protocol/ids.ts'
import type { Account } from './account/settings.ts'
import { type CaseWords, openCaseWords } from './case/case-words.ts'
import { collectLeft } from './case/left-messages.ts'
import { openRatings, type Ratings } from './case/ratings.ts'
import { type Keyrings, openKeyrings } from './keys/keyrings.ts'
import { tellRemote } from './log/tell-remote.ts'
import { type Kept, keepForDays } from './media/keeping.ts'
import { type Lending, openLending } from './media/lending/lending.ts'
import { type Media, openMedia } from './media/media.ts'
import { openRecordings, type Recordings } from './media/recordings.ts'
import { openRemovals } from './media/stored/removals.ts'
import { openPeople, type People } from './people/people.ts'
import { type Alarms, openAlarms } from './queue/alarms.ts'
import { type Causes, openCauses } from './queue/causes.ts'
import { openTickets, type Tickets } from './queue/tickets.ts'
import { openReplies, type Replies } from './replies/replies.ts'
import { followDeletedTickets } from './rooms/deleted-tickets.ts'
import { followLeftGroups, type LeftGroups } from './rooms/left-groups.ts'
import { openMesh } from './rooms/mesh.ts'
import { earlierKeysOf } from './rooms/room-seal.ts'
import { openRooms, type Rooms } from './rooms/rooms.ts'
import { iceServers } from './server/ice-servers.ts'
import { keepAnswer } from './server/live-answer.ts'
import { ServerClient } from './server/server.ts'
import { type ServerFileRules, serverFileRules } from './server/server-file-rules.ts'
import { type ServerLog, serverLog } from './server/server-log.ts'
import { type ServerMedia, serverMedia } from './server/server-media.ts'
import { type ServerRating, serverRating } from './server/server-rating.ts'
import { type ServerRetention, serverRetention } from './server/server-retention.ts'
import { serverRooms } from './server/server-rooms.ts'
import { type ServerTickets, serverTickets } from './server/server-tickets.ts'
import { openWire, type Wire } from './server/wire.ts'
import { openSessions, type Sessions } from './session/sessions.ts'
import { disk } from './storage/disk.ts'
import { type UsageWatch, watchUsage } from './storage/usage.ts'

/** All that runs for a signed-in technician. */
export type Desk = {
  readonly origin: string
  readonly me: Me
  readonly server: ServerClient
  readonly wire: Wire
  readonly tickets: Tickets
  readonly causes: Causes
  readonly alarms: Alarms
  readonly ticketRoutes: ServerTickets
  readonly log: ServerLog
  readonly retention: ServerRetention
  readonly fileRules: ServerFileRules
  readonly ratingSetting: ServerRating
  readonly sessions: Sessions
  readonly people: People
  readonly keyrings: Keyrings
  readonly rooms: Rooms
  readonly leftGroups: LeftGroups
  readonly caseWords: CaseWords
  readonly ratings: Ratings
  readonly media: Media
  readonly mediaRoutes: ServerMedia
  /** From when on images and recordings are kept, where that is not as long as their ticket. */
  readonly mediaKept: ReadonlySignal<Kept | undefined>
  /** Images that other technicians' browsers have. */
  readonly lending: Lending
  readonly recordings: Recordings
  readonly replies: Replies
  /** How full this browser's storage is. */
  readonly usage: UsageWatch
  /** After a new sign-in of the same account: everything goes on where it was. */
  takeToken(token: Token): void
}

export type DeskOptions = {
  /** This tab took the lead from another one. */
  tookLead: boolean
  onSignInOver(): void
  /** The server says how the own account is now. */
  onMe(me: Me): void
  signal: AbortSignal
}

/** Starts the desk of an account; it stops with the signal. */
export function startDesk(account: Account, { tookLead, onSignInOver, onMe, signal }: DeskOptions): Desk {
  const { origin, me } = account
  let { token } = account
  const server = new ServerClient({ origin, token: () => token, onSignInOver })
  const wire = openWire(origin, signal)
  const people = openPeople({ server, wire, me, signal })
  const keyrings = openKeyrings({ server, wire, me, signal })
  const ice = iceServers(server, signal)
  const rooms = openRooms({
    groups: people.ownGroups,
    keyringOf: keyrings.of,
    keyringsAsked: keyrings.asked,
    me: me.id,
    server: serverRooms(server),
    wire,
    mesh: openMesh({ origin, token: () => token, wire, ice, signal }),
    signal,
  })
  const ticketRoutes = serverTickets(server)
  const tickets = openTickets({
    server: ticketRoutes,
    wire,
    groups: people.groupsInSight,
    rooms: rooms.queues,
    keyringOf: keyrings.of,
    earlierKeysOf,
    me: me.id,
    signal,
  })
  const fileRules = serverFileRules(server)
  const rules = keepAnswer({ ask: fileRules.read, wire, signal })
  const causes = openCauses(wire, signal)
  const caseWords = openCaseWords(signal)
  const sessions = openSessions({
    ice,
    wire,
    tickets,
    rooms,
    words: caseWords,
    // It lists what it keeps in the cases that the sessions open.
    media: { read: (id) => media.read(id), keepPicture: (picture) => media.keepPicture(picture) },
    keyringOf: keyrings.of,
    me,
    looker: people.looker,
    fileRules: computed(() => rules.latest.value ?? NO_FILE_RULES),
    tookLead,
    signal,
  })
  const mediaRoutes = serverMedia(server)
  const removals = openRemovals({ server: mediaRoutes, wire, me: me.id, signal })
  const media: Media = openMedia({
    me: me.id,
    caseOf: (ticket) => sessions.history(ticket).media,
    onRemoved: ({ ticket, id }) => removals.remove(ticket, id),
    isStored: async ({ ticket, id }) => (await mediaRoutes.list(ticket, signal)).whole.includes(id),
    signal,
  })
  tellRemote({ attendances: sessions.all, media, wire, signal })
  collectLeft({ tickets, sessions, server: ticketRoutes, keyringOf: keyrings.of, signal })
  const stopWatching = wire.connection.subscribe((connection) => {
    if (connection.kind === 'refused' && connection.refusal.code === 'unauthenticated') onSignInOver()
  })
  const own = keepAnswer({ ask: server.account.me, wire, signal })
  const stopTelling = own.latest.subscribe((latest) => latest && onMe(latest))
  signal.addEventListener('abort', () => {
    stopWatching()
    stopTelling()
  })
  const leftGroups = followLeftGroups({
    rooms,
    groups: computed(() => (people.answered.value ? people.ownGroups.value : undefined)),
    names: people.groupNames,
    onRemoved(ticket) {
      caseWords.forget(ticket)
      media.forget(ticket)
      lending.fetches.forget(ticket)
    },
    signal,
  })
  followDeletedTickets({
    rooms,
    async others() {
      await media.loaded
      return [...[...media.items.peek().values()].map(({ ticket }) => ticket), ...tickets.strays()]
    },
    server: ticketRoutes,
    wire,
    onDeleted(ticket) {
      tickets.forget(ticket)
      for (const queue of rooms.queues.peek().values()) queue.tidy()
      caseWords.forget(ticket)
      media.forget(ticket)
      lending.fetches.forget(ticket)
    },
    signal,
  })
  const lending = openLending({
    wire,
    server: mediaRoutes,
    me: me.id,
    media,
    mediaOf: ({ ticket, group }) => sessions.history(ticket, group).media,
    tickets,
    rooms,
    keyringOf: keyrings.of,
    ice,
    signal,
  })
  const mediaKept = keepForDays({ media, store: lending.uploads.store, server: mediaRoutes, signal })
  const usage = watchUsage(disk, signal)
  wire.connect(token)

  return {
    origin,
    me,
    server,
    wire,
    tickets,
    causes,
    alarms: openAlarms(causes, people.looker, signal),
    ticketRoutes,
    ratings: openRatings({ server: ticketRoutes, wire, keyringOf: keyrings.of, signal }),
    log: serverLog(server),
    retention: serverRetention(server),
    fileRules,
    ratingSetting: serverRating(server),
    sessions,
    people,
    keyrings,
    rooms,
    leftGroups,
    caseWords,
    media,
    mediaRoutes,
    mediaKept,
    lending,
    recordings: openRecordings({ media, attendances: sessions.all, signal }),
    replies: openReplies(me.id, rooms.queues, signal),
    usage,
    takeToken(next) {
      if (next === token) return
      token = next
      wire.connect(next)
    },
  }
}
