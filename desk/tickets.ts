import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Me } from '../protocol/account.ts'
import type { Details } from '../protocol/details.ts'
import { RefusedError } from '../protocol/errors.ts'
import type { ExpireTicketRequest } from '../protocol/http.ts'
import type { TicketId } from '../protocol/ids.ts'
import type { TicketHeader } from '../protocol/ticket.ts'
import { keepHeaders, readHeaders } from './headers-cache.ts'
import { applyList, hearPresence, hearTicket, type KnownTickets, type QueueEntry } from './queue.ts'
import type { QueueDocument } from './queue-document.ts'
import { drawSecret } from './secret.ts'
import type { ServerClient } from './server.ts'
import type { Wire } from './wire.ts'
import { forgetWrongSecrets } from './wrong-secrets.ts'

/** What the technician writes when creating a connection ID. */
export type TicketDraft = Pick<Details, 'name' | 'contact' | 'request'>

export type Tickets = {
  readonly entries: ReadonlySignal<readonly QueueEntry[]>
  /** True once the server, or this browser's copy, has said what there is. */
  readonly known: ReadonlySignal<boolean>
  /** `key`: 22 base64url characters; the same again makes no second ticket. @throws RefusedError */
  create(draft: TicketDraft, key: string, signal: AbortSignal): Promise<{ ticket: TicketHeader; details: Details }>
  /** Kills the code for good. @throws RefusedError */
  expire(id: TicketId, why: ExpireTicketRequest['why'], signal: AbortSignal): Promise<void>
  /** Takes an ended ticket out of the queue. */
  dismiss(id: TicketId): void
}

type Parts = { server: ServerClient; wire: Wire; document: QueueDocument; me: Me; signal: AbortSignal }

/** Keeps the queue true: headers from the server, live events between, details from the document. */
export function openTickets({ server, wire, document, me, signal: until }: Parts): Tickets {
  const tickets = signal<KnownTickets>(new Map())
  const known = signal(false)
  let seen = 0

  const loaded = Promise.all([readHeaders(me.id), document.loaded]).then(([headers]) => {
    for (const header of headers) tickets.value = hearTicket(tickets.value, header, 0)
    if (headers.length > 0) known.value = true
  })

  wire.onMessage((message) => {
    seen += 1
    if (message.type === 'ticket') tickets.value = hearTicket(tickets.value, message.ticket, seen)
    if (message.type === 'presence') tickets.value = hearPresence(tickets.value, message.ticket, message.presence, seen)
  }, until)

  const stopAsking = effect(() => {
    if (wire.connection.value.kind === 'open') void ask()
  })
  const stopKeeping = effect(() => {
    const headers = [...tickets.value.values()].map(({ header }) => header)
    if (known.value && !until.aborted) void keepHeaders(me.id, headers)
  })
  until.addEventListener('abort', () => {
    stopAsking()
    stopKeeping()
  })

  async function ask() {
    await loaded
    const askedAt = seen
    try {
      const list = await server.tickets(until)
      tickets.value = applyList(tickets.value, list.tickets, askedAt, Date.now())
      known.value = true
    } catch (error) {
      if (until.aborted || !(error instanceof RefusedError)) return
      const { code, retryAfterMs = 5000 } = error.refusal
      if (code === 'unavailable' || code === 'too-many') setTimeout(againIfOpen, retryAfterMs)
    }
  }

  function againIfOpen() {
    if (!until.aborted && wire.connection.peek().kind === 'open') void ask()
  }

  return {
    known,
    entries: computed(() =>
      [...tickets.value.values()].map(({ header, presence }) => ({
        header,
        presence,
        details: document.details.value.get(header.id),
      })),
    ),
    async create(draft, key, signal) {
      const { ticket } = await server.createTicket({ key }, signal)
      // A repeated request brings the same ticket back: the code that may have been read out stays the same.
      const before = document.details.value.get(ticket.id)
      const details = { ...draft, secret: before?.secret ?? drawSecret(), createdAt: ticket.createdAt }
      document.write(ticket.id, details)
      seen += 1
      tickets.value = hearTicket(tickets.value, ticket, seen)
      return { ticket, details }
    },
    async expire(id, why, signal) {
      const version = tickets.value.get(id)?.header.version
      if (version === undefined) return
      const { ticket } = await server.expireTicket(id, { version, why }, signal)
      seen += 1
      tickets.value = hearTicket(tickets.value, ticket, seen)
    },
    dismiss(id) {
      const rest = new Map(tickets.value)
      rest.delete(id)
      tickets.value = rest
      document.remove(id)
      void forgetWrongSecrets(id)
    },
  }
}
