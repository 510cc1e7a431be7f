import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Me } from '../../protocol/account.ts'
import type { GroupId } from '../../protocol/ids.ts'
import type { ServerClient } from '../server/server.ts'
import type { Wire } from '../server/wire.ts'
import { readIdentity } from './identity.ts'
import type { OpenKeyring } from './keyring.ts'
import { type Sharing, shareKeyrings } from './keyring-sharing.ts'

export type KeyringsState =
  /** The server has not said yet what there is. */
  | { kind: 'asking' }
  /** Of each group that one is to read, how this browser stands with its keys. */
  | { kind: 'known'; groups: Sharing }

export type Keyrings = {
  readonly state: ReadonlySignal<KeyringsState>
  /** Whether they were asked for since the server was reached: a server that was put back to an older state has other ones. */
  readonly asked: ReadonlySignal<boolean>
  /** Where it is open here. Followed as a signal. */
  of(group: GroupId): OpenKeyring | undefined
  /** Looks at once, because this browser has the account's identity now. */
  refresh(): void
}

const AGAIN_MS = 60_000

/** News come to all desks at once: spread over so long, most find it done when their turn comes. */
const SPREAD_MS = 500

type Parts = {
  server: ServerClient
  wire: Pick<Wire, 'connection' | 'onMessage'>
  me: Pick<Me, 'id'>
  signal: AbortSignal
}

/** Keeps the groups' keys shared and at hand: a round at each connection, when people change, and each minute. */
export function openKeyrings({ server, wire, me, signal: until }: Parts): Keyrings {
  const state = signal<KeyringsState>({ kind: 'asking' })
  const asked = signal(false)
  let connections = 0
  let running = false
  let again = false
  let planned: ReturnType<typeof setTimeout> | undefined

  async function share() {
    again = true
    if (running) return
    running = true
    while (again && !until.aborted) {
      again = false
      await round().catch(() => {
        // Not reached, or signed out: what is known stays, and the next connection or minute asks again.
      })
    }
    running = false
  }

  async function round() {
    const connection = connections
    const identity = await readIdentity(me.id)
    const groups = await shareKeyrings({ server, identity, technician: me.id, signal: until })
    if (until.aborted) return
    state.value = { kind: 'known', groups }
    if (connection === connections) asked.value = true
  }

  wire.onMessage((message) => {
    if (message.type !== 'people') return
    planned ??= setTimeout(() => {
      planned = undefined
      void share()
    }, Math.random() * SPREAD_MS)
  }, until)
  const stopAsking = effect(() => {
    const isOpen = wire.connection.value.kind === 'open'
    connections += 1
    asked.value = false
    if (isOpen) void share()
  })
  const minute = setInterval(() => void share(), AGAIN_MS)
  until.addEventListener(
    'abort',
    () => {
      stopAsking()
      clearInterval(minute)
      clearTimeout(planned)
    },
    { once: true },
  )

  function of(group: GroupId) {
    const keys = state.value.kind === 'known' ? state.value.groups.get(group) : undefined
    return keys?.kind === 'ready' ? keys.keyring : undefined
  }

  return { state, asked, of, refresh: () => void share() }
}
