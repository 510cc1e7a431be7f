/**
 * Every size, rate and time that both sides must agree on. Sizes in bytes unless the name says otherwise.
 * What only the server decides (attempts, sockets for an address) is in `signalling/limits.ts`.
 */

/** Spoken by the socket and by the link; a different number is refused with `version`. */
export const PROTOCOL_VERSION = 1

/** One relayed handshake or sealed signal, base64url or JSON text. An SDP with its seal is about 10 kB. */
export const MAX_RELAY_DATA = 32 * 1024

/** Any message on the signalling socket, as it came off the wire. */
export const MAX_SOCKET_MESSAGE = MAX_RELAY_DATA + 1024

/** One sealed update, or part of a snapshot, of a room, in base64url characters, and the body of the routes that take one. */
export const MAX_SEALED_UPDATE = 4 * 1024 * 1024
export const MAX_ROOM_BODY = MAX_SEALED_UPDATE + 1024

/** A sealed update up to so many characters is pushed on the socket as it is; of a longer one only the number is told. */
export const MAX_PUSHED_UPDATE = 24 * 1024

/** A snapshot has so many parts at most; browsers make them of half a megabyte, so that any quota is full before. */
export const MAX_SNAPSHOT_PARTS = 1_000

/** So many characters of entries are in one answer to a pull, or one entry. */
export const MAX_PULL = 1024 * 1024

/** So many tickets are on one page of the list. */
export const TICKETS_PAGE = 1000

/** The body of a change of a ticket, which may bring its sealed details. */
export const MAX_DETAILS_BODY = 512 * 1024

/** Any JSON body that the HTTP routes accept. */
export const MAX_HTTP_BODY = 16 * 1024

/** One chat message, in characters. */
export const MAX_CHAT_TEXT = 4000

/** One message that a customer left, sealed, in base64url characters; so many are kept for one ticket. */
export const MAX_HELD_BOX = 32 * 1024
export const MAX_HELD_MESSAGES = 100

/** So many tickets are asked of at once, whether they were deleted. */
export const MAX_GONE_ASKED = 400

/** Days of one report. */
export const MAX_REPORT_DAYS = 93

/** What a customer writes beside a score, in characters; and that sealed, in base64url characters. */
export const MAX_RATING_WORDS = 1000
export const MAX_RATING_BOX = 8 * 1024

/** The body of a change of a ticket: its sealed details, and what its customer left, sealed anew for the group that it moves to. */
export const MAX_CHANGE_BODY = MAX_DETAILS_BODY + MAX_HELD_MESSAGES * (MAX_HELD_BOX + 128)

/** One control message on the link, as JSON. */
export const MAX_CONTROL = 64 * 1024

/** The payload of one binary frame on the link: 64 KiB is what carries fastest. */
export const MAX_FRAME_PAYLOAD = 64 * 1024

/** The server says `ping` this often, in ms; a side that hears nothing for `SILENCE_MS` takes the socket for dead. */
export const PING_MS = 20_000
export const SILENCE_MS = 45_000

/** From the first handshake message to both confirmations, in ms. */
export const HANDSHAKE_MS = 15_000

/** From the first sealed signal to an open channel, in ms. */
export const DIAL_MS = 30_000

/** A link that is cut is made anew under the same keys for so long; then the two begin with a new handshake. */
export const RECONNECT_MS = 120_000

/** So many wrong secrets kill a code. */
export const MAX_WRONG_SECRETS = 10

/** So many people can be invited, or moved, at once. */
export const MAX_INVITATIONS = 500

/** Bodies of the routes that take so many people. */
export const MAX_PEOPLE_BODY = 512 * 1024

/** The body of a route that takes a sealed keyring. */
export const MAX_KEYRING_BODY = 400 * 1024

/** A mailed code lives this long, may be tried so often, and can be asked for again after so long. */
export const CODE_MS = 5 * 60_000
export const CODE_TRIES = 5
export const CODE_AGAIN_MS = 30_000

/** How long an invitation, a link to reset a password, and the trust in a device live. */
export const INVITATION_MS = 7 * 86_400_000
export const RESET_MS = 3_600_000
export const TRUSTED_DEVICE_MS = 30 * 86_400_000

/** So many permissions of one ticket are kept in a customer's page, and read by a desk; far more than a session has. */
export const MAX_CONSENTS = 500

/** So many of them may have been asked for: whatever a desk asks, what the customer shows by itself is written down. */
export const MAX_ASKED_CONSENTS = 300

/** After a no the same is not asked again for longer than this, in ms. */
export const LONGEST_PAUSE_MS = 120_000

/** Of a description that the two agree on while their link is up, characters. */
export const MAX_LINK_SDP = 48_000

/** So much one link carries: data, four screens and a sound, and the call's two. */
export const MAX_LINK_LINES = 8

/** One transfer has at most so many files and empty folders, of which so many are named beforehand. */
export const MAX_TRANSFER_FILES = 100_000
export const MAX_OFFERED_NAMES = 50

/** An admin may refuse so many types of files. */
export const MAX_REFUSED_TYPES = 100

/** A path has at most so many folders and a name; more than any file system has of bytes. */
export const MAX_PATH_PARTS = 64
export const MAX_PATH_BYTES = 30_000

/** One transfer has at most so many bytes. */
export const MAX_TRANSFER_BYTES = 16 * 1024 ** 3

/** Of one folder so many entries are listed; so many in one message; so many are picked to be fetched at once. */
export const MAX_FOLDER_ENTRIES = 20_000
export const MAX_FOLDER_MESSAGE = 500
export const MAX_PICKED = 500

/** A file is hashed and checked in pieces of so many bytes: few enough to stay in a processor's cache until they are sent or written. */
export const FILE_PIECE = 256 * 1024
/** What the server stores of images and recordings is sealed in pieces of so many bytes. */
export const STORED_PIECE = 1024 * 1024

/** A whiteboard: so many things on it, of so many bytes together; so many points in one stroke, characters in one text. */
export const MAX_BOARD_ITEMS = 20_000
export const MAX_BOARD_BYTES = 2 * 1024 * 1024
export const MAX_STROKE_POINTS = 4000
export const MAX_BOARD_TEXT = 500

/** One message of a whiteboard's document on the link, put together from its frames. */
export const MAX_BOARD_MESSAGE = 4 * 1024 * 1024
/** One picture in the chat, in bytes, and its pixels once unpacked; so many are taken from the other side in one session. */
export const MAX_PICTURE = 5 * 1024 * 1024
export const MAX_PICTURE_PIXELS = 50_000_000
export const MAX_PICTURES = 20

/** Beside the first screen a customer shows at most so many. */
export const MAX_FURTHER_SCREENS = 3

/** So many rows of the activity log are on one page at most, and a search in it has so many characters. */
export const MAX_LOG_PAGE = 1000
export const MAX_LOG_SEARCH = 100
/** Runs of emptied rows that a row of the log names. */
export const MAX_EMPTIED_RANGES = 100

/** Of so many tickets the sealed details are asked for at once. */
export const MAX_DETAILS_ASKED = 100

/** Where a page of a list ended, in characters. */
export const MAX_CURSOR = 600

/** So many pictures and films are asked about at once, whether a colleague's browser has them. */
export const MAX_MEDIA_SOUGHT = 400

/** So many images and recordings of one ticket rest with the server, however small they are. */
export const MAX_TICKET_MEDIA = 2_000

/** One image or recording that rests with the server, in bytes. */
export const MAX_STORED_MEDIA = 4 * 1024 ** 3
