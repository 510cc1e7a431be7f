import { openSignalling, type SignallingState } from '../../peer/signalling.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import { ServerToTechnician } from '../../protocol/socket.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import type { Account } from '../account/settings.ts'
import { hearListed, hearPresence, hearTicket, type Known, leftTheQueue } from '../queue/known.ts'
import { openLeftView } from '../queue/left-view.ts'
import type { ServerClient } from '../server/server.ts'
import { serverPeople } from '../server/server-people.ts'
import type { PagerConnection } from './badge.ts'
import { listOpenTickets } from './ticket-routes.ts'

/** What the background hears from the server, over a socket of its own that does not make anybody online. */
export type Feed = {
  /** Undefined until it is known: what is shown from before stays. */
  readonly connection: PagerConnection | undefined
  readonly tickets: ReadonlyMap<TicketId, Known>
  /** Groups, and who is in them: asked for when they have changed. @throws RefusedError */
  people(): Promise<PeopleReply>
}

type Parts = {
  account: Account
  server: ServerClient
  onChange(): void
  /** The server changed a ticket by itself. */
  onCause(ticket: TicketHeader, cause: TicketCause): void
  signal: AbortSignal
}

/** Without its socket for so long, in ms, the background says that it would not hear of anybody. */
const LOST_MS = 20_000
/** Where the server does not say when to ask again, in ms. */
const RETRY_MS = 5000

export function openFeed({ account, server, onChange, onCause, signal }: Parts): Feed {
  const tickets = new Map<TicketId, Known>()
  const left = openLeftView()
  let connection: PagerConnection | undefined
  let people: Promise<PeopleReply> | undefined
  let seen = 0
  /** What `seen` was when the server was reached last. */
  let reachedAt = 0
  let losing: ReturnType<typeof setTimeout> | undefined

  const signalling = openSignalling({
    url: `${account.origin.replace(/^http/, 'ws')}/api/socket`,
    role: 'technician',
    hears: ServerToTechnician,
    token: account.token,
    pager: true,
    onState,
    signal,
  })
  signalling.onMessage(hear, signal)
  signal.addEventListener('abort', () => clearTimeout(losing), { once: true })

  function become(next: PagerConnection) {
    if (signal.aborted) return
    connection = next
    onChange()
  }

  function onState(state: SignallingState) {
    if (state.kind === 'open') {
      clearTimeout(losing)
      losing = undefined
      people = undefined
      reachedAt = seen++
      return void ask()
    }
    if (state.kind === 'refused') return become(afterRefusal(state.refusal))
    losing ??= setTimeout(() => become('lost'), LOST_MS)
  }

  async function ask(): Promise<void> {
    const askedAt = seen
    try {
      const all = await listOpenTickets(server, signal)
      const listed = all.filter(({ ticket }) => !left.since(ticket.id, askedAt))
      left.settle(askedAt)
      for (const line of listed) tickets.set(line.ticket.id, hearListed(tickets.get(line.ticket.id), line, askedAt))
      const present = new Set(listed.map(({ ticket }) => ticket.id))
      for (const [id, known] of tickets) if (!present.has(id) && leftTheQueue(known, askedAt)) tickets.delete(id)
      become('open')
    } catch (error) {
      if (signal.aborted || !(error instanceof RefusedError)) return
      const { code, retryAfterMs = RETRY_MS } = error.refusal
      if (code === 'unauthenticated') become('sign-in-over')
      else setTimeout(() => !signal.aborted && void ask(), retryAfterMs)
    }
  }

  function hear(message: ServerToTechnician) {
    seen += 1
    switch (message.type) {
      case 'ticket':
        left.back(message.ticket.id)
        tickets.set(message.ticket.id, hearTicket(tickets.get(message.ticket.id), message.ticket, seen, reachedAt))
        if (message.cause) onCause(message.ticket, message.cause)
        break
      case 'ticket-gone':
        left.leave(message.ticket, seen)
        tickets.delete(message.ticket)
        break
      case 'presence': {
        const before = tickets.get(message.ticket)
        if (before) tickets.set(message.ticket, hearPresence(before, message.presence, seen))
        break
      }
      case 'people':
        people = undefined
        break
      default:
        return
    }
    onChange()
  }

  function askPeople(): Promise<PeopleReply> {
    const asked = serverPeople(server).people(signal)
    asked.catch(() => {
      if (people === asked) people = undefined
    })
    return asked
  }

  return {
    get connection() {
      return connection
    },
    tickets,
    people() {
      people ??= askPeople()
      return people
    },
  }
}

/** Another version of the extension comes by itself; until then nobody is heard of. */
function afterRefusal({ code }: Refusal): PagerConnection {
  return code === 'unauthenticated' ? 'sign-in-over' : 'lost'
}
