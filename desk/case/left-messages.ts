import { effect, untracked } from '@preact/signals'
import * as v from 'valibot'
import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import { sealToGroup } from '../../peer/seal-to-group.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import { Chat } from '../../protocol/link.ts'
import { openSealedToGroup } from '../keys/group-seal.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import type { Tickets } from '../queue/tickets.ts'
import { GroupSealError } from '../rooms/room-seal.ts'
import type { ServerTickets } from '../server/server-tickets.ts'
import type { Attendance } from '../session/attendance.ts'
import type { CaseDocument } from './case-document.ts'

type Parts = {
  tickets: Pick<Tickets, 'entries'>
  sessions: {
    of(ticket: TicketId): Pick<Attendance, 'hearLeft'> | undefined
    history(ticket: TicketId, group: GroupId): Pick<CaseDocument, 'loaded' | 'stored'>
  }
  server: Pick<ServerTickets, 'held' | 'takeHeld'>
  /** Followed as a signal. */
  keyringOf(group: GroupId): OpenKeyring | undefined
  signal: AbortSignal
}

const RETRY_MS = 5_000

/** Brings what customers left into the cases of one's own tickets. The server forgets it once the case is with it. */
export function collectLeft({ tickets, sessions, server, keyringOf, signal: until }: Parts): void {
  /** What could not be opened stays with the server; it is not asked for again while nothing changes. */
  const tried = new Map<TicketId, { held: number; keyring: OpenKeyring }>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  /** With how many were held when they began. */
  const running = new Map<TicketId, number>()
  /** More were left while they ran. */
  const again = new Set<TicketId>()

  const stop = effect(look)
  until.addEventListener('abort', () => {
    stop()
    for (const timer of timers) clearTimeout(timer)
  })

  function look() {
    for (const { header, held } of tickets.entries.value) {
      if (held === 0 || !sessions.of(header.id)) continue
      const keyring = keyringOf(header.group)
      if (keyring) untracked(() => collect(header.id, header.group, held, keyring))
    }
  }

  function collect(ticket: TicketId, group: GroupId, held: number, keyring: OpenKeyring) {
    const heldThen = running.get(ticket)
    if (heldThen !== undefined) {
      if (heldThen !== held) again.add(ticket)
      return
    }
    const before = tried.get(ticket)
    if (before?.held === held && before.keyring === keyring) return
    running.set(ticket, held)
    bring(ticket, group, keyring)
      .then((shut) => {
        if (shut > 0) tried.set(ticket, { held: shut, keyring })
        else tried.delete(ticket)
      }, later)
      .finally(() => {
        running.delete(ticket)
        if (again.delete(ticket) && !until.aborted) look()
      })

    function later(error: unknown) {
      if (until.aborted) return
      if (!(error instanceof RefusedError)) throw error
      // It is somebody else's by now: they fetch it.
      if (error.refusal.code === 'forbidden' || error.refusal.code === 'not-found') return
      const timer = setTimeout(() => {
        timers.delete(timer)
        collect(ticket, group, held, keyring)
      }, error.refusal.retryAfterMs ?? RETRY_MS)
      timers.add(timer)
    }
  }

  /** @returns how many did not open */
  async function bring(ticket: TicketId, group: GroupId, keyring: OpenKeyring): Promise<number> {
    const { messages } = await server.held(ticket, until)
    const opened = await openLeft(keyring, messages)
    const document = sessions.history(ticket, group)
    await document.loaded
    const attendance = sessions.of(ticket)
    const shut = messages.length - opened.length
    if (opened.length === 0 || !attendance || until.aborted) return shut
    attendance.hearLeft(opened.map(({ chat }) => chat).toSorted((one, other) => one.at - other.at))
    await document.stored(until)
    await server.takeHeld(ticket, { ids: opened.map(({ id }) => id) }, until)
    return shut
  }
}

/** Those that open with the keyring and are what they say. */
async function openLeft(keyring: OpenKeyring, messages: readonly HeldMessage[]) {
  const opened: (Pick<HeldMessage, 'id'> & { chat: Chat })[] = []
  for (const { id, box } of messages) {
    const bytes = await openBox(keyring, box)
    const chat = bytes && readChat(bytes)
    if (chat && chat.id === id) opened.push({ id, chat })
  }
  return opened
}

/** What a customer left, sealed anew for the group to which the ticket goes. What does not open stays as it is. */
export async function resealLeft(
  keyring: OpenKeyring,
  publicKey: PublicKey,
  messages: readonly HeldMessage[],
): Promise<HeldMessage[]> {
  const sealed: HeldMessage[] = []
  for (const { id, box } of messages) {
    const bytes = await openBox(keyring, box)
    if (bytes) sealed.push({ id, box: toBase64url(await sealToGroup(publicKey, bytes)) })
  }
  return sealed
}

async function openBox(keyring: OpenKeyring, box: string): Promise<Uint8Array | undefined> {
  try {
    return await openSealedToGroup(keyring, fromBase64url(box))
  } catch (error) {
    if (error instanceof GroupSealError) return undefined
    throw error
  }
}

function readChat(bytes: Uint8Array): Chat | undefined {
  try {
    const read = v.safeParse(Chat, JSON.parse(new TextDecoder().decode(bytes)))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}
