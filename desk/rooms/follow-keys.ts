import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { EarlierKey, RoomName } from '../../protocol/rooms.ts'
import type { OpenKeyring } from '../keys/keyring.ts'
import { type RoomKeys, roomKeys } from './room-seal.ts'

/** What the keys of a room are made of; undefined while it is not here, or the room is not one's to open. */
export type KeySource = { keyring: OpenKeyring; earlier: readonly EarlierKey[] } | undefined

export type FollowedKeys = {
  readonly keys: ReadonlySignal<RoomKeys | undefined>
  /** Whether they are made of what the source has now. */
  readonly upToDate: ReadonlySignal<boolean>
}

/** The keys of a room, made anew when the group has other keys, or its ticket came from another group. @param source followed as a signal */
export function followKeys(room: RoomName, source: () => KeySource, until: AbortSignal): FollowedKeys {
  const keys = signal<RoomKeys | undefined>(undefined)
  // With the keys themselves: after a server was put back to an older state an epoch may have another one.
  const all = computed(() => {
    const from = source()
    return from ? JSON.stringify([from.keyring.group, from.keyring.keys, from.earlier]) : ''
  })
  const madeOf = signal<string | undefined>(undefined)
  let asked: string
  const stop = effect(() => {
    const now = all.value
    asked = now
    const from = untracked(source)
    if (from) void make(from, now)
    else keys.value = undefined
  })
  until.addEventListener('abort', stop, { once: true })

  async function make({ keyring, earlier }: NonNullable<KeySource>, now: string) {
    const made = await roomKeys(keyring, room, earlier)
    if (asked !== now || until.aborted) return
    keys.value = made
    madeOf.value = now
  }

  return { keys, upToDate: computed(() => madeOf.value === all.value) }
}
