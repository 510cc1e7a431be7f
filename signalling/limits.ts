import { CODE_AGAIN_MS, MAX_SOCKET_MESSAGE, MAX_TICKET_MEDIA, PING_MS, SILENCE_MS } from '../protocol/limits.ts'

/** So many points in so many seconds, for each key (an address, a lookup, an account). */
export type Quota = { points: number; seconds: number }

const MINUTE = 60
const HOUR_MS = 3_600_000
const MEGABYTE = 1024 * 1024

/**
 * What only the server decides. Those with a variable in `config.ts` are the operator's to change;
 * all are part of the configuration, so that tests and the bench can run with others. Times in ms unless they say otherwise.
 */
export const defaultLimits = {
  /** Live sockets of one address (of one /64 in IPv6), of all addresses, and those that have not said `hello` yet. */
  socketsPerAddress: 200,
  sockets: 20_000,
  pendingHellos: 1_000,
  /** New sockets of one address. */
  socketOpenings: { points: 600, seconds: MINUTE },
  /** From the upgrade to a valid `hello`. */
  helloMs: 5_000,
  /** One turn of the heartbeat; how often a socket is pinged, and when a silent one is given up. */
  heartbeatMs: 1_000,
  pingMs: PING_MS,
  silenceMs: SILENCE_MS,
  /** What one socket may send; `messageBurst` at once, then `messagesPerSecond`. */
  messagesPerSecond: 50,
  messageBurst: 200,
  /** Refused messages that a socket survives at once; one is forgiven each second. */
  strikes: 20,
  /**
   * Messages of one socket that wait for the one before them (a `hello`, a `watch`), and their bytes: a desk whose socket comes back
   * enters all of its rooms at once.
   */
  waitingMessages: 200,
  waitingBytes: 32 * MAX_SOCKET_MESSAGE,
  /** From our close to cutting a socket that does not answer it. */
  closeMs: 2_000,
  /** A receiver that lets this many bytes pile up is cut. */
  maxBuffered: 32 * MAX_SOCKET_MESSAGE,

  /** Requests to `/api` of one address. */
  requests: { points: 1_200, seconds: MINUTE },
  /** Sign-ins that failed, by address and by account; those that succeed are given back. */
  signInsPerAddress: { points: 30, seconds: 10 * MINUTE },
  signInsPerAccount: { points: 10, seconds: 10 * MINUTE },
  /** Codes of the second step that were wrong, by address and by account; those that were right are given back. */
  codeTriesPerAddress: { points: 60, seconds: 10 * MINUTE },
  codeTriesPerAccount: { points: 20, seconds: 10 * MINUTE },
  /** Mailed codes of one account: one at a time, and not too many; and those that one address asks for. */
  codesAgain: { points: 1, seconds: CODE_AGAIN_MS / 1000 },
  codesPerAccount: { points: 20, seconds: 60 * MINUTE },
  codesPerAddress: { points: 60, seconds: 10 * MINUTE },
  /** Links to reset a password that are asked for, by address and by account, known or not. */
  resetsPerAddress: { points: 20, seconds: 10 * MINUTE },
  resetsPerAccount: { points: 5, seconds: 60 * MINUTE },
  /** Looks at, and redemptions of, invitations and links to reset a password, by one address. */
  linksPerAddress: { points: 120, seconds: 10 * MINUTE },
  /** Redemptions of the setup link by one address. */
  setups: { points: 60, seconds: 10 * MINUTE },
  /** Attempts to join, by address and by lookup, known or not. */
  joinsPerAddress: { points: 60, seconds: MINUTE },
  joinsPerLookup: { points: 20, seconds: MINUTE },
  /** Customers of one address who did not ask for help, and had no session yet; and mails to the admins about that, of the whole server. */
  notAskedPerAddress: { points: 10, seconds: 60 * MINUTE },
  alarmsPerTicket: { points: 1, seconds: 2 * 24 * 60 * MINUTE },
  alarmMails: { points: 30, seconds: 60 * MINUTE },
  /** Answers of customers of one address to how their session was. */
  ratingsPerAddress: { points: 60, seconds: 10 * MINUTE },
  /** How often one customer's page, or one sign-in, asks for credentials of the relay. */
  icePerCaller: { points: 60, seconds: MINUTE },
  /** New tickets of one technician. */
  ticketsPerTechnician: { points: 1_000, seconds: MINUTE },
  /** Updates and snapshots that one technician writes into rooms. */
  roomWritesPerTechnician: { points: 1_200, seconds: MINUTE },
  /** Pages of the activity log that one technician asks for, exports included; and what one's browser tells of a session. */
  logPagesPerTechnician: { points: 600, seconds: MINUTE },
  /** Reports that one technician asks for. */
  reportsPerTechnician: { points: 60, seconds: MINUTE },
  toldPerTechnician: { points: 300, seconds: MINUTE },
  /** What one technician takes away or a browser deleted of its own accord: each is a row of the log for good. */
  takenPerTechnician: { points: 60, seconds: MINUTE },
  /** What the desks of one technician say to colleagues' desks of images and recordings: about 20 for each that is fetched. */
  mediaTalkPerTechnician: { points: 1_800, seconds: MINUTE },
  /** Pieces of images and recordings, of a mebibyte each, that one technician brings to the server or gets from it. */
  mediaPiecesPerTechnician: { points: 600, seconds: MINUTE },
  /** Images and recordings of one ticket that rest here. */
  mediaPerTicket: MAX_TICKET_MEDIA,
  /** What the mailbox of a group's queue may hold, and that of a ticket's case or board, in bytes. */
  queueMailboxBytes: 64 * MEGABYTE,
  caseMailboxBytes: 16 * MEGABYTE,
  /** Rooms that one socket watches, or is in on the mesh. */
  roomsPerSocket: 500,
  /** What is kept of a mesh socket's messages until its `hello`. */
  heldMessages: 150,
  heldBytes: 64 * 1024,

  /** Mails that wait for an admin to copy them; the oldest makes way for more. */
  outboxMails: 1_000,
  /** Mails that wait for the mail server. */
  waitingMails: 2_000,
  /** An invitation's mail is tried so often; the first wait between two tries, and each further one is four times as long. */
  mailTries: 3,
  mailRetryMs: 2_000,

  /** A seat waits this long for the socket of the customer who has it. */
  seatGraceMs: 10_000,
  /** A change of the line reaches those who wait in it within this time. */
  customerNewsMs: 250,
  /** Sessions that began or ended are written into the activity log within this time. */
  sessionLogMs: 250,
  /** How often it is seen to tickets whose assignees are silent, or that nobody has, while their customers are there. */
  silenceWatchMs: 5_000,
  /** After its start the server waits so long for desks that were cut off, before it holds a silence against anybody. */
  silenceSettleMs: 30_000,
  /** A join token lives this long, or as long as its ticket, whichever is shorter. */
  joinTokenMs: 24 * HOUR_MS,
  /** A lookup rests this long after its ticket died, and an idempotency key is remembered this long. */
  lookupRestMs: 24 * HOUR_MS,
  idempotencyMs: 24 * HOUR_MS,
  /** An expired ticket is listed with the open ones for so long. */
  expiredShownMs: 7 * 24 * HOUR_MS,
  /** How often tickets whose time is over are expired. */
  expirySweepMs: 15_000,

  /** How often it is looked for what is kept no longer. */
  retentionMs: 10 * 60_000,
  /** How often the pieces of images and recordings that were deleted are removed. */
  mediaSweepMs: 5_000,

  /** The HTTP server's own guards against slow clients. */
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  keepAliveTimeoutMs: 15_000,
  connectionsCheckMs: 2_000,
  maxHeaderBytes: 8 * 1024,
  connections: 30_000,
  /** From the start of stopping until the last connection is cut. */
  stopMs: 2_000,
} as const satisfies Record<string, number | Quota>

export type Limits = {
  [Name in keyof typeof defaultLimits]: (typeof defaultLimits)[Name] extends Quota ? Quota : number
}
